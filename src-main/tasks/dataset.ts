import type { RunConfig } from '../contract/config.ts';
import { BasinError } from '../contract/errors.ts';
import { readDataset, type Dataset } from './dataset-file.ts';
import { flatShapes } from './flat.ts';
import { constantMean, copyInput, predictZero } from './references.ts';
import { applyLinear, columnMeans, fitLinear } from './regression.ts';
import { createRng } from './rng.ts';
import type { Problems, Reference, Rng, Room, Task } from './types.ts';

/** Linear regression may take about this many multiply-adds: 3 to 6 seconds. */
const FIT_WORK = 3e9;

/**
 * The user's own problems: a .safetensors or .npz file with `x` and `y`, one problem a row. `test_fraction` of the rows,
 * drawn by `seed`, are kept for probes and evaluation; training never sees them. A sample has no row twice while the
 * split has enough of them.
 *
 * @throws BasinError `file.*` or `dataset.*`, as `readDataset` says; `dataset.too-few-rows` when one part would be empty.
 */
export function dataset({ data, seed, test_fraction: fraction }: Pick<RunConfig, 'data' | 'seed' | 'test_fraction'>): Task {
  const all = readDataset(data);
  const needed = rowsNeeded(fraction);
  if (all.rows < needed) {
    throw new BasinError('dataset.too-few-rows', `${data} has ${all.rows} problems; with test_fraction = ${fraction} at least ${needed} are needed, so that there is one to train on and one to test with`, { details: { rows: all.rows, needed } });
  }
  const order = draw(createRng(seed, 'dataset/split'), Int32Array.from({ length: all.rows }, (_, row) => row), all.rows);
  const split = { test: order.subarray(0, testRows(all.rows, fraction)), train: order.subarray(testRows(all.rows, fraction)) };
  const { widths } = all;
  return {
    name: 'dataset',
    ...flatShapes({ widths, pictures: { x: { count: 1, rows: 1, columns: widths.x }, y: { count: 1, rows: 1, columns: widths.y } } }),
    hasHarder: false,
    testProblems: split.test.length,
    sample(rng, rows, difficulty, part, room) {
      if (difficulty === 'harder') throw new BasinError('dataset.harder', 'A dataset has no harder problems', { kind: 'bug' });
      return take(all, draw(rng, split[part], rows), room);
    },
    references: () => fitReferences(all, split.train),
  };
}

const testRows = (rows: number, fraction: number): number => Math.round(rows * fraction);

/** The smallest number of rows that leaves one in each part. */
function rowsNeeded(fraction: number): number {
  let rows = 2;
  while (testRows(rows, fraction) < 1 || testRows(rows, fraction) >= rows) rows++;
  return rows;
}

/** `count` of the given rows in random order; each once before any comes again. */
function draw(rng: Rng, rows: Int32Array, count: number): Int32Array {
  const pool = rows.slice();
  const out = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    // Fisher–Yates, one round after another.
    const at = i % pool.length;
    const other = at + rng.integer(pool.length - at);
    const row = pool[other]!;
    pool[other] = pool[at]!;
    pool[at] = row;
    out[i] = row;
  }
  return out;
}

function take({ x, y, widths }: Dataset, rows: Int32Array, room?: Room): Problems {
  return { rows: rows.length, x: gather(x, widths.x, rows, room?.x), y: gather(y, widths.y, rows, room?.y) };
}

function gather(values: Float32Array, width: number, rows: Int32Array, out: Float32Array = new Float32Array(rows.length * width)): Float32Array {
  rows.forEach((row, i) => {
    out.set(values.subarray(row * width, (row + 1) * width), i * width);
  });
  return out;
}

/**
 * Linear regression is fitted on as many training rows as `FIT_WORK` allows. Where that is less than two rows for each
 * column although the file has more, its error would tell of the shortage, not of the problems: it is left out
 * (x and y of some 900 columns each, or more).
 */
function fitReferences(all: Dataset, train: Int32Array): Reference[] {
  const { widths } = all;
  const references = [predictZero(widths.y)];
  if (widths.x === widths.y) references.push(copyInput());
  references.push(constantMean(columnMeans(gather(all.y, widths.y, train), train.length, widths.y), 'constant mean'));
  const affordable = Math.floor(FIT_WORK / (widths.x * (widths.x + widths.y)));
  if (affordable < Math.min(train.length, 2 * widths.x)) return references;
  const { rows, x, y } = take(all, train.subarray(0, affordable));
  const fit = fitLinear(x, y, rows, widths);
  references.push({ name: 'linear-regression', label: 'linear regression', predict: (input, count) => applyLinear(fit, input, count) });
  return references;
}
