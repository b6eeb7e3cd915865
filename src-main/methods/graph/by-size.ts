import type { Batch, Outcome, Training, Widths } from '../types.ts';
import { nodesOf } from './gine.ts';
import { firstFit, layoutsFor, type Layout } from './layout.ts';

/**
 * Training on batches of graphs in segments of like size (layout.ts). A batch is put in order of size, goes to the first layout that it fits, and what
 * comes back is put in the order in which it came: nobody outside sees the difference. Only the batch decides, so that a resumed run does the same.
 *
 * @param make training for batches whose rows come largest first and fit the layout; made when a batch first needs it
 */
export async function trainingBySize(widths: Widths, rows: number, make: (layout: Layout) => Promise<Training>): Promise<Training> {
  const layouts = layoutsFor(rows, nodesOf(widths));
  const made = new Map<Layout, Promise<Training>>();
  const trainingFor = (layout: Layout): Promise<Training> => {
    const training = made.get(layout) ?? make(layout);
    made.set(layout, training);
    return training;
  };
  await trainingFor(layouts[0]!);
  const room = new Map<string, Float32Array>();

  return {
    async run(batch, iteration, steps) {
      const order = largestFirst(batch.x, widths, rows);
      const training = await trainingFor(firstFit(layouts, order.sizes));
      return unsorted(await training.run(sorted(batch, order.rows, room), iteration, steps), order.rows);
    },
    async dispose() {
      for (const training of made.values()) await (await training).dispose();
    },
  };
}

/** The rows of problems x by size, largest first, in their own order where sizes are equal. */
function largestFirst(x: Float32Array, widths: Widths, rows: number): { rows: Uint32Array; sizes: Uint32Array } {
  // A problem ends with its nodes' marks, 1 each.
  const sizes = Uint32Array.from({ length: rows }, (_, row) => x.subarray(row * widths.x + widths.y, (row + 1) * widths.x).reduce((sum, mark) => sum + mark, 0));
  const order = Uint32Array.from({ length: rows }, (_, row) => row).sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  return { rows: order, sizes: order.map((row) => sizes[row]!) };
}

/** A batch's rows in another order, in memory that the engine's thread reads in place and that the next batch takes over. */
function sorted(batch: Batch, order: Uint32Array, room: Map<string, Float32Array>): Batch {
  const entries = Object.entries({ x: batch.x, y0: batch.y0, target: batch.target, levels: batch.levels, noise: batch.noise }).flatMap(([name, values]) => {
    if (!values) return [];
    let into = room.get(name);
    if (into?.length !== values.length) room.set(name, (into = new Float32Array(new SharedArrayBuffer(values.byteLength))));
    // Only noise has blocks of rows, one for each update.
    const blocks = name === 'noise' ? values.length / batch.y0.length : 1;
    return [[name, moved(values, order, blocks, into, true)] as const];
  });
  return Object.fromEntries(entries) as unknown as Batch;
}

/** What was found, with its rows where they were before. */
function unsorted(outcome: Outcome, order: Uint32Array): Outcome {
  const back = (values: Float32Array, blocks = 1): Float32Array => moved(values, order, blocks, new Float32Array(values.length), false);
  return {
    ...outcome,
    answers: back(outcome.answers),
    errors: back(outcome.errors),
    energies: back(outcome.energies, outcome.energies.length / order.length),
    ...(outcome.halting ? { halting: back(outcome.halting, outcome.halting.length / order.length) } : {}),
  };
}

/** Rows of each of several blocks [blocks, rows, width], `order[k]` to k (`gather`), or k to `order[k]`. */
function moved(values: Float32Array, order: Uint32Array, blocks: number, into: Float32Array, gather: boolean): Float32Array {
  const rows = order.length;
  const width = values.length / (blocks * rows);
  for (let block = 0; block < blocks; block++) {
    for (let k = 0; k < rows; k++) {
      const [from, to] = gather ? [order[k]!, k] : [k, order[k]!];
      const at = (block * rows + from) * width;
      into.set(values.subarray(at, at + width), (block * rows + to) * width);
    }
  }
  return into;
}
