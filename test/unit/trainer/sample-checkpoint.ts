import type { RunConfig } from '../../../src-main/contract/config.ts';
import { methodFor } from '../../../src-main/methods/index.ts';
import { openTask } from '../../../src-main/tasks/index.ts';
import { createRng } from '../../../src-main/tasks/rng.ts';
import type { Checkpoint } from '../../../src-main/trainer/checkpoint-file.ts';
import { initialState } from '../../../src-main/trainer/initialise.ts';
import { ReplayBuffer } from '../../../src-main/trainer/replay-buffer.ts';
import { tiny } from './sandbox.ts';

/** A checkpoint such as a run leaves: weights from the seed, a buffer with entries, ancestors and a few non-finite numbers. */
export function sampleCheckpoint(iteration: number, config: RunConfig = tiny()): Checkpoint {
  const { widths } = openTask(config);
  const specs = methodFor(config.method).parameters(config, widths);
  const buffer = new ReplayBuffer(config.replay_capacity, widths, config.steps);
  for (let i = 1; i <= 15; i++) {
    const rng = createRng(iteration, 'sample', i);
    const fill = (length: number) => rng.fillUniform(new Float32Array(length), -1, 1);
    const rows = i === 1 ? 6 : 12;
    const x = fill(rows * widths.x);
    const target = fill(rows * widths.y);
    const draw = i === 1 ? undefined : buffer.draw(rng, 6, { x, y0: fill(6 * widths.y), target });
    buffer.begin({ iteration: i, rows, x, target, ...(draw ? { draw } : {}) });
    buffer.finish({ answers: fill(rows * widths.y), errors: fill(rows).fill(NaN, 3, 4), energies: fill((config.steps + 1) * rows).fill(Infinity, 5, 6) });
  }
  return { iteration, config, state: initialState(specs, config.seed), replay: buffer.state() };
}
