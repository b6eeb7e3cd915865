import type { Parsed, Output } from '../../contract/api/index.ts';
import { BasinError } from '../../contract/errors.ts';
import { readReplayEntry } from '../../../db/replay.ts';
import type { ReadStore } from '../../../db/open.ts';
import { createRng } from '../../tasks/rng.ts';
import type { Task } from '../../tasks/types.ts';
import type { Bench } from './benches.ts';

/** Reasons about one problem and keeps every step. @throws BasinError as `startOf` */
export async function walk(store: ReadStore, bench: Bench, { run, start, steps, stepSize: wished }: Parsed<'reason.walk'>): Promise<Output<'reason.walk'>> {
  const { x, y0, target } = startOf(start, store, run, bench.model.task);
  const stepSize = wished ?? bench.model.stepSize;
  const solver = await bench.solver({ x: x.length, y: target.length });
  const began = performance.now();
  const { energies, gradientNorms, errors, answers } = await solver.solve({ rows: 1, x, y0, target }, steps, stepSize);
  return { steps, stepSize, iteration: bench.model.iteration, energies, gradientNorms, errors: errors!, answers, x, target, ms: performance.now() - began };
}

/**
 * The problem, its first answer and its exact answer.
 *
 * @throws BasinError `replay.unknown` for an entry that is not in the stored buffer, `reason.harder` for a task without harder problems
 */
function startOf(start: Parsed<'reason.walk'>['start'], store: ReadStore, run: number, task: Task): { x: Float32Array; y0: Float32Array; target: Float32Array } {
  const noise = (seed: number, { length }: Float32Array) => createRng(seed, 'reason answers').fillUniform(new Float32Array(length), -1, 1);
  if (start.kind === 'fresh') {
    if (start.difficulty === 'harder' && !task.hasHarder) throw new BasinError('reason.harder', `difficulty = "harder" is not allowed: task ${task.name} has no harder problems; allowed is "same"`);
    const { x, y } = task.sample(createRng(start.seed, `reason ${start.difficulty}`), 1, start.difficulty, 'test');
    return { x, y0: noise(start.seed, y), target: y };
  }
  const entry = readReplayEntry(store, run, start.uid);
  if (!entry) throw new BasinError('replay.unknown', `Run ${run} has no entry ${start.uid} in its stored replay buffer: it was overwritten since, or never stored. Read the buffer again`, { details: { run, uid: start.uid } });
  return { x: entry.x, y0: start.kind === 'entry' ? entry.y : noise(start.seed, entry.target), target: entry.target };
}
