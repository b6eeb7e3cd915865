import { describe, expect, it } from 'vitest';
import { METHODS } from '../../../src-main/contract/config.ts';
import { resolveConfig } from '../../../src-main/contract/settings.ts';
import { createEngine } from '../../../src-main/engine/index.ts';
import { timeReasoning, timeTraining } from '../../../src-main/engine/timing.ts';
import { openTask } from '../../../src-main/tasks/index.ts';

/** An engine is chosen by timing it on the run's own shape: what cannot be timed could not be trained with `auto`. */
describe('timing an engine', () => {
  const variants = [
    ...METHODS.flatMap((method) => (['addition', 'shortest-path'] as const).map((task) => ({ method, task }))),
    { method: 'ponder', task: 'addition', ponder_loss: 'release' },
    { method: 'iterative-feedforward', task: 'addition', iterative_loss: 'unrolled' },
    { method: 'irem', task: 'addition', langevin_noise: 0.1 },
    { method: 'irem', task: 'addition', backprop: 'full', learnable_step_size: true },
  ];

  it.each(variants)('$method on $task', async (changes) => {
    const config = resolveConfig({ rank: 2, nodes: 3, hidden: 8, recurrent_hidden: 8, batch: 4, steps: 3, replay_capacity: 64, ...changes });
    const { widths } = openTask(config);
    const engine = await createEngine({ engine: 'compiled', device: 'cpu' });
    const done = () => Promise.resolve();
    try {
      expect(await timeTraining(engine, { config, widths }, done)).toBeGreaterThan(0);
      expect(await timeReasoning(engine, { config, widths }, done)).toBeGreaterThan(0);
    } finally {
      await engine.dispose();
    }
  });
});
