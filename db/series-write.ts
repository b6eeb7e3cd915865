import { toBlob, toFloat64 } from './blobs.ts';
import { iterationAt, lastOf, merge, placesOf, split, type Points } from './series-chunk.ts';
import type { WriteStore } from './store.ts';

/**
 * Values in a full chunk: two fit on a page of the database. The last chunk is written again at every flush until it is full, so a larger one costs
 * writing; a smaller one costs reading.
 */
export const CHUNK = 1000;

interface StoredChunk {
  readonly first: number;
  readonly last: number;
  readonly count: number;
  readonly iterations: Uint8Array | null;
  readonly numbers: Uint8Array;
}

const COLUMNS = 'first, last, count, iterations, numbers';

export function toPoints({ first, iterations, numbers }: Pick<StoredChunk, 'first' | 'iterations' | 'numbers'>): Points {
  return { first, iterations: iterations && toFloat64(iterations), values: toFloat64(numbers) };
}

/** Puts values of consecutive iterations into a series, over what it has for them. To be called in a transaction. */
export function writePiece(store: WriteStore, series: number, first: number, values: Float64Array): void {
  const piece: Points = { iterations: null, first, values };
  const touched = neighbourhood(store, series, first, lastOf(piece));
  const chunks = split(merge(touched.map(toPoints), piece), CHUNK);
  for (const chunk of chunks) writeChunk(store, series, chunk);
  for (const old of touched) {
    if (!chunks.some((chunk) => chunk.first === old.first)) store.write('DELETE FROM series_chunks WHERE series = ? AND first = ?', series, old.first);
  }
}

/** Chunks that overlap first … last, and on either side one that has room: so chunks fill up whatever order values come in. */
function neighbourhood(store: WriteStore, series: number, first: number, last: number): StoredChunk[] {
  const touched: StoredChunk[] = [];
  const before = store.first<StoredChunk>(`SELECT ${COLUMNS} FROM series_chunks WHERE series = ? AND first <= ? ORDER BY first DESC LIMIT 1`, series, first);
  if (before && (before.last >= first || before.count < CHUNK)) touched.push(before);
  touched.push(...store.all<StoredChunk>(`SELECT ${COLUMNS} FROM series_chunks WHERE series = ? AND first > ? AND first <= ? ORDER BY first`, series, first, last));
  const after = store.first<StoredChunk>(`SELECT ${COLUMNS} FROM series_chunks WHERE series = ? AND first > ? ORDER BY first LIMIT 1`, series, last);
  if (after && after.count < CHUNK) touched.push(after);
  return touched;
}

function writeChunk(store: WriteStore, series: number, chunk: Points): void {
  const { low, high, nonFinite } = placesOf(chunk.values);
  const at = (index: number) => (index < 0 ? null : iterationAt(chunk, index));
  store.write(
    `INSERT INTO series_chunks (series, first, last, count, minimum, maximum, non_finite, minimum_at, maximum_at, iterations, numbers) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (series, first) DO UPDATE SET
       last = excluded.last, count = excluded.count, minimum = excluded.minimum, maximum = excluded.maximum,
       non_finite = excluded.non_finite, minimum_at = excluded.minimum_at, maximum_at = excluded.maximum_at, iterations = excluded.iterations, numbers = excluded.numbers`,
    series, chunk.first, lastOf(chunk), chunk.values.length, chunk.values[low] ?? null, chunk.values[high] ?? null, nonFinite, at(low), at(high), chunk.iterations && toBlob(chunk.iterations), toBlob(chunk.values),
  );
}
