import { describe, expect, it } from 'vitest';
import { METHODS, type RunConfig } from '../../../../src-main/contract/config.ts';
import { resolveConfig } from '../../../../src-main/contract/settings.ts';
import { createEngine } from '../../../../src-main/engine/index.ts';
import { methodFor } from '../../../../src-main/methods/index.ts';
import { graphShapes } from '../../../../src-main/tasks/graph/layout.ts';
import { openTask } from '../../../../src-main/tasks/index.ts';
import { createRng } from '../../../../src-main/tasks/rng.ts';
import { initialState, sizeOf } from '../../../../src-main/trainer/initialise.ts';
import { relativeError } from '../../engine/support.ts';

const config = (changes: Partial<RunConfig>) => resolveConfig({ task: 'shortest-path', nodes: 4, steps: 3, step_size: 1, ...changes });

describe('networks on graphs', () => {
  it.each([
    [{ method: 'irem' }, 83_330],
    [{ method: 'feedforward' }, 66_946],
    [{ method: 'ponder', ponder_loss: 'release' }, 66_946],
    [{ method: 'recurrent' }, 166_018],
    // With the halting head of PonderNet proper.
    [{ method: 'ponder' }, 66_946 + 129],
    [{ method: 'iterative-feedforward' }, 66_946],
  ] as const)('have the released number of parameters: %o', (changes, count) => {
    const specs = methodFor(changes.method).parameters(config(changes), openTask(config(changes)).widths);
    expect(specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0)).toBe(count);
  });

  it.each([...METHODS.map((method) => ({ method, decoder: 'released' as const })), { method: 'feedforward' as const, decoder: 'edge-aware' as const }])('padding changes no real edge: %o', async (changes) => {
    const engine = await createEngine({ engine: 'compiled', device: 'cpu' });
    try {
      const found = [];
      for (const room of [3, 4, 7]) found.push(await solvePadded(engine, config({ ...changes, nodes: room }), room));
      for (const { answers, energies, errors } of found.slice(1)) {
        expect(relativeError(answers, found[0]!.answers)).toBeLessThan(1e-6);
        expect(relativeError(errors, found[0]!.errors)).toBeLessThan(1e-6);
        if (energies.length > 0) expect(relativeError(energies, found[0]!.energies)).toBeLessThan(1e-6);
      }
    } finally {
      await engine.dispose();
    }
  });
});

/** Three graphs of 3 nodes in room for more, from the same weights: answers of real edges, energies and errors after each update. */
async function solvePadded(engine: Awaited<ReturnType<typeof createEngine>>, run: RunConfig, room: number) {
  const { widths } = graphShapes(room);
  const small = openTask(config({ nodes: 3 })).ofSize!(3).sample(createRng(1, 'graphs'), 3);
  const noise = createRng(2, 'answers').fillUniform(new Float32Array(27), -1, 1);
  const place = (values: Float32Array, width: number, at: number) => {
    const out = new Float32Array(3 * width);
    for (let row = 0; row < 3; row++) for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) out[row * width + i * room + j] = values[row * at + i * 3 + j]!;
    return out;
  };
  const x = place(small.x, widths.x, 12);
  for (let row = 0; row < 3; row++) x.fill(1, row * widths.x + room * room, row * widths.x + room * room + 3);
  // What stands at padding in the first answer must not matter.
  const y0 = place(noise, widths.y, 9).map((value, i) => ((i % widths.y) % room < 3 && Math.floor((i % widths.y) / room) < 3 ? value : 0.7));
  const specs = methodFor(run.method).parameters(run, widths);
  const { values, shapes } = initialState(specs, 5);
  await engine.setState(values, shapes);
  const reasoning = await methodFor(run.method).reasoning(engine, run, widths, 3, { keepAnswers: true, measure: true });
  const walk = await reasoning.run({ x, y0, target: place(small.y, widths.y, 9) }, 3, run.step_size);
  const answers: number[] = [];
  for (let k = 0; k <= 3; k++) for (let row = 0; row < 3; row++) for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) answers.push(walk.answers[(k * 3 + row) * widths.y + i * room + j]!);
  const result = { answers, energies: walk.energies.slice(), errors: walk.errors!.slice() };
  await reasoning.dispose();
  return result;
}
