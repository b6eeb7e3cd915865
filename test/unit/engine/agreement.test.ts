import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trainingState } from '../../../src-main/methods/adam.ts';
import { METHODS, type RunConfig } from '../../../src-main/contract/config.ts';
import { methodFor } from '../../../src-main/methods/index.ts';
import { batchOf, enginePair, initialise, relativeError, tiny, widthsOf } from './support.ts';

/** The compiled engine (trace, simplification, ONNX) against tfjs's plain JavaScript backend, op by op. */
describe('eager and compiled', () => {
  const engines = enginePair();

  const sizes = {
    rank: fc.integer({ min: 1, max: 3 }),
    hidden: fc.integer({ min: 1, max: 12 }),
    depth: fc.integer({ min: 1, max: 4 }),
    steps: fc.integer({ min: 1, max: 4 }),
    batch: fc.integer({ min: 1, max: 5 }),
    gradient_clip: fc.constantFrom(0, 0.01, 100),
  };
  const irem = fc
    .record({
      ...sizes,
      step_size: fc.double({ min: 0.5, max: 20, noNaN: true }),
      backprop: fc.constantFrom('last-step' as const, 'full' as const),
      langevin_noise: fc.constantFrom(0, 0.1),
      learnable_step_size: fc.boolean(),
      accept_only_descent: fc.boolean(),
    })
    .map(tiny);
  const baselines = fc
    .record({
      ...sizes,
      method: fc.constantFrom(...METHODS.filter((method) => method !== 'irem')),
      recurrent_hidden: fc.integer({ min: 1, max: 12 }),
      ponder_loss: fc.constantFrom('pondernet' as const, 'release' as const),
      ponder_beta: fc.constantFrom(0, 0.5),
      iterative_loss: fc.constantFrom('denoising' as const, 'unrolled' as const),
    })
    .map(tiny);

  it.each<[string, fc.Arbitrary<RunConfig>]>([
    ['irem', irem],
    ['the baselines', baselines],
  ])('train alike and reason alike on any configuration of %s', async (_, configurations) => {
    await fc.assert(
      fc.asyncProperty(configurations, fc.integer({ min: 1, max: 1000 }), async (config, seed) => {
        const method = methodFor(config.method);
        const widths = widthsOf(config);
        const specs = method.parameters(config, widths);
        const results = [];
        for (const engine of [engines.compiled, engines.eager]) {
          await initialise(engine, config, seed);
          const training = await method.training(engine, config, widths, config.batch);
          const first = await training.run(batchOf(config, config.batch, seed), 1, config.steps);
          const outcome = { ...first, answers: first.answers.slice(), errors: first.errors.slice(), energies: first.energies.slice(), halting: first.halting?.slice() ?? new Float32Array(0) };
          await training.run(batchOf(config, config.batch, seed + 50), 2, config.steps);
          const reasoning = await method.reasoning(engine, config, widths, config.batch, { keepAnswers: true, measure: true });
          const { x, y0, target } = batchOf(config, config.batch, seed + 90);
          const walk = await reasoning.run({ x, y0, target }, 3, config.step_size);
          results.push({ outcome, walk, state: await engine.getState(Object.keys(trainingState(specs))) });
          await training.dispose();
          await reasoning.dispose();
        }
        const [ours, theirs] = results as [(typeof results)[0], (typeof results)[0]];
        for (const name of ['answers', 'errors', 'energies', 'halting'] as const) expect(relativeError(ours.outcome[name], theirs.outcome[name]), name).toBeLessThan(1e-4);
        for (const name of ['loss', 'gradientNorm', 'answerChange', 'stepSize'] as const) expect(relativeError([ours.outcome[name]], [theirs.outcome[name]]), name).toBeLessThan(1e-3);
        for (const name of ['answers', 'errors', 'energies', 'gradientNorms'] as const) expect(relativeError(ours.walk[name]!, theirs.walk[name]!), `walk ${name}`).toBeLessThan(1e-3);
        for (const { name } of specs) expect(relativeError(ours.state[name]!, theirs.state[name]!), name).toBeLessThan(1e-3);
      }),
      { numRuns: 25, seed: 20220717 },
    );
  });
});
