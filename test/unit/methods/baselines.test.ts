import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { METHODS, type RunConfig } from '../../../src-main/contract/config.ts';
import { createEngine } from '../../../src-main/engine/index.ts';
import type { Engine } from '../../../src-main/engine/types.ts';
import { methodFor } from '../../../src-main/methods/index.ts';
import { haltingProbabilities } from '../../../src-main/methods/unrolled.ts';
import { batchOf, initialise, sizeOf, tiny, widthsOf } from '../engine/support.ts';

const BASELINES = METHODS.filter((method) => method !== 'irem');

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine({ engine: 'compiled', device: 'cpu' });
});
afterAll(() => engine.dispose());

/** Answers of `rows` problems after 0 … `steps` updates [steps + 1][rows · width]. */
async function answersOf(config: RunConfig, problems: { x: Float32Array; y0: Float32Array }, rows: number, steps: number): Promise<number[][]> {
  const reasoning = await methodFor(config.method).reasoning(engine, config, widthsOf(config), rows, { keepAnswers: true });
  const { answers } = await reasoning.run(problems, steps, config.step_size);
  const size = rows * widthsOf(config).y;
  const kept = Array.from({ length: steps + 1 }, (_, k) => [...answers.subarray(k * size, (k + 1) * size)]);
  await reasoning.dispose();
  return kept;
}

describe('parameters', () => {
  it.each([
    ['feedforward', 1_140_624, 935_824],
    ['recurrent', 544_692, 466_292],
    ['ponder', 1_083_281, 878_481],
    ['iterative-feedforward', 1_345_424, 1_140_624],
  ] as const)('%s has as many in use as the released network: %i for 800 → 400, %i for 400 → 400', (method, addition, completion) => {
    const count = (x: number) => methodFor(method).parameters(tiny({ method, hidden: 512, depth: 3, recurrent_hidden: 196 }), { x, y: 400 }).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    expect([count(800), count(400)]).toEqual([addition, completion]);
  });
});

describe.each(BASELINES)('%s', (method) => {
  it("gives each row what it gets alone, whatever the others are", async () => {
    const config = tiny({ method, recurrent_hidden: 8 });
    const widths = widthsOf(config);
    await initialise(engine, config);
    const { x, y0 } = batchOf(config, 6);
    const row = 2;
    const ofRow = (answers: number[][]) => answers.map((all) => all.slice(row * widths.y, (row + 1) * widths.y));
    const calm = ofRow(await answersOf(config, { x, y0 }, 6, 4));
    const disturbed = { x: x.map((value, i) => (Math.floor(i / widths.x) === row ? value : 1e3)), y0: y0.map((value, i) => (Math.floor(i / widths.y) === row ? value : NaN)) };
    expect(ofRow(await answersOf(config, disturbed, 6, 4))).toEqual(calm);
    expect(calm[0]).toEqual([...y0.subarray(row * widths.y, (row + 1) * widths.y)]);
    expect(calm[1]).not.toEqual(calm[0]);
  });

  it('keeps the number of tensors flat', async () => {
    const config = tiny({ method, recurrent_hidden: 8 });
    await initialise(engine, config);
    const training = await methodFor(method).training(engine, config, widthsOf(config), 4);
    const batch = batchOf(config, 4);
    for (let i = 1; i <= 3; i++) await training.run(batch, i, config.steps);
    const before = await engine.memory();
    for (let i = 4; i <= 203; i++) await training.run(batch, i, config.steps);
    expect(await engine.memory()).toEqual(before);
    await training.dispose();
  });
});

describe('where the answer comes from', () => {
  it.each<[RunConfig['method'], boolean]>([['feedforward', false], ['recurrent', false], ['ponder', true], ['iterative-feedforward', true]])('%s: the first answer plays a part: %s', async (method, plays) => {
    const config = tiny({ method, recurrent_hidden: 8 });
    await initialise(engine, config);
    const { x, y0 } = batchOf(config, 3);
    const [one, other] = [await answersOf(config, { x, y0 }, 3, 3), await answersOf(config, { x, y0: y0.map((value) => -value) }, 3, 3)];
    expect(JSON.stringify(one[3]) !== JSON.stringify(other[3])).toBe(plays);
  });

  it('feedforward answers in one pass: more updates change nothing', async () => {
    const config = tiny({ method: 'feedforward' });
    await initialise(engine, config);
    const [, first, ...later] = await answersOf(config, batchOf(config, 3), 3, 5);
    for (const answer of later) expect(answer).toEqual(first);
  });
});

describe('halting', () => {
  const logit = (p: number) => Math.log(p / (1 - p));

  it('is λ_n times the chance to have come so far, and the last step takes what is left', () => {
    const halting = haltingProbabilities(Float32Array.of(logit(0.5), logit(0.25), logit(0.5), logit(0.75), logit(0.9), logit(0.1)), 2);
    [0.5, 0.25, 0.25, 0.5625, 0.25, 0.1875].forEach((p, i) => expect(halting[i]).toBeCloseTo(p, 6));
  });

  it('stays a distribution at logits of any size', () => {
    for (const value of [-500, 0, 500]) {
      const halting = haltingProbabilities(new Float32Array(4).fill(value), 1);
      expect(halting.every((p) => p >= 0)).toBe(true);
      expect(halting.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
    }
  });

  it.each(['pondernet', 'release'] as const)('a network that never wants to halt, or at once, has a finite %s loss and gradient', async (ponder_loss) => {
    const config = tiny({ method: 'ponder', ponder_loss });
    const training = await methodFor('ponder').training(engine, config, widthsOf(config), 4);
    for (const bias of [-200, 200]) {
      await initialise(engine, config);
      await engine.setState({ 'decode_logit.bias': Float32Array.of(bias) }, { 'decode_logit.bias': [1] });
      const { loss, gradientNorm } = await training.run(batchOf(config, 4), 1, config.steps);
      expect([loss, gradientNorm].every(Number.isFinite)).toBe(true);
    }
    await training.dispose();
  });
});

it('iterative denoising without levels is refused as what it is: a mistake of whoever made the batch', async () => {
  const config = tiny({ method: 'iterative-feedforward' });
  await initialise(engine, config);
  const training = await methodFor(config.method).training(engine, config, widthsOf(config), 4);
  const { levels: _, ...batch } = batchOf(config, 4);
  await expect(training.run(batch, 1, config.steps)).rejects.toThrow(expect.objectContaining({ code: 'batch.levels', kind: 'bug' }));
  await training.dispose();
});
