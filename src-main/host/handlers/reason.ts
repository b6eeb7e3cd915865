import type { Parsed } from '../../contract/api/index.ts';
import { BasinError } from '../../contract/errors.ts';
import { readReplayEntry } from '../../../db/replay.ts';
import type { ReadStore } from '../../../db/open.ts';
import { createRng } from '../../tasks/rng.ts';
import type { Task } from '../../tasks/types.ts';
import type { Context, Handlers } from '../context.ts';

interface Start {
  readonly x: Float32Array;
  readonly y0: Float32Array;
  readonly target: Float32Array;
}

export const reasonHandlers = ({ workbench, models }: Context): Handlers<'reason.walk'> => ({
  'reason.walk': ({ run, checkpoint, start, steps, stepSize: wished }) =>
    models.with(run, checkpoint, async ({ model, solver }) => {
      const { x, y0, target } = startOf(start, workbench.store, run, model.task);
      const stepSize = wished ?? model.stepSize;
      const began = performance.now();
      const { energies, gradientNorms, errors, answers } = await solver.solve({ rows: 1, x, y0, target }, steps, stepSize);
      return { steps, stepSize, iteration: model.iteration, energies, gradientNorms, errors: errors!, answers, x, target, ms: performance.now() - began };
    }),
});

/** @throws BasinError `replay.unknown` for an entry that is not in the stored buffer, `reason.harder` for a task without harder problems */
function startOf(start: Parsed<'reason.walk'>['start'], store: ReadStore, run: number, task: Task): Start {
  const noise = (seed: number) => createRng(seed, 'reason answers').fillUniform(new Float32Array(task.widths.y), -1, 1);
  if (start.kind === 'fresh') {
    if (start.difficulty === 'harder' && !task.hasHarder) throw new BasinError('reason.harder', `difficulty = "harder" is not allowed: task ${task.name} has no harder problems; allowed is "same"`);
    const { x, y } = task.sample(createRng(start.seed, `reason ${start.difficulty}`), 1, start.difficulty, 'test');
    return { x, y0: noise(start.seed), target: y };
  }
  const entry = readReplayEntry(store, run, start.uid);
  if (!entry) throw new BasinError('replay.unknown', `Run ${run} has no entry ${start.uid} in its stored replay buffer: it was overwritten since, or never stored. Read the buffer again`, { details: { run, uid: start.uid } });
  return { x: entry.x, y0: start.kind === 'entry' ? entry.y : noise(start.seed), target: entry.target };
}
