import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../../src-main/engine/types.ts';
import type { Stage, Step } from '../../../../src-main/methods/types.ts';
import { enginePair, uniform } from '../support.ts';

const entries = { state: { total: [2] }, scratch: { walk: [2] } };
const begin: Step = { name: 'begin', inputs: { from: [2] }, ...entries, run: (t) => ({ walk: tf.mul(t['from']!, 1) }) };
/** Each repetition takes its own slice of `push`, and the scale that all share. */
const walk: Step = {
  name: 'walk',
  inputs: { push: [2], scale: [] },
  ...entries,
  run: (t) => {
    const next = tf.add(tf.mul(t['walk']!, t['scale']!), t['push']!);
    return { walk: next, total: tf.add(t['total']!, next), seen: next, length: tf.sum(tf.square(next)) };
  },
};
const end: Step = { name: 'end', inputs: {}, ...entries, run: (t) => ({ last: tf.neg(t['walk']!) }) };
const STAGES: readonly Stage[] = [{ step: begin }, { step: walk, repeated: true, perRepetition: ['push'] }, { step: end }];

/** How the numbers must come out, in plain float32 arithmetic. */
function expected(from: Float32Array, push: Float32Array, scale: number, total: Float32Array) {
  const seen: number[] = [];
  const sum = [...total];
  let at = [...from];
  for (let k = 0; k * 2 < push.length; k++) {
    at = at.map((value, i) => Math.fround(Math.fround(value * scale) + push[2 * k + i]!));
    seen.push(...at);
    at.forEach((value, i) => (sum[i] = Math.fround(sum[i]! + value)));
  }
  return { seen, sum, last: at.map((value) => -value) };
}

describe('a program', () => {
  const engines = enginePair();

  // Single steps, whole blocks of ten, blocks and a rest; as one graph where the number is the usual one, or in parts.
  it.each([0, 1, 5, 9, 10, 11, 20, 23, 37].flatMap((times) => [undefined, 5, 23, 37].map((usual) => ({ times, usual }))))('repeats $times times as told, made for $usual', async ({ times, usual }) => {
    const scale = 0.75;
    const feeds = { from: uniform(1, 2), push: uniform(2, 2 * times), scale: Float32Array.of(scale) };
    const total = uniform(3, 2);
    const results: Record<string, number[]>[] = await Promise.all(
      [engines.compiled, engines.eager].map(async (engine: Engine) => {
        await engine.setState({ total }, { total: [2] });
        const program = await engine.prepare(STAGES, usual);
        const outputs = await program.run(feeds, times);
        const copies = Object.fromEntries(Object.entries(outputs).map(([name, values]) => [name, [...values]]));
        await program.dispose();
        return { ...copies, sum: [...(await engine.getState(['total']))['total']!] };
      }),
    );
    const { seen, sum, last } = expected(feeds.from, feeds.push, scale, total);
    for (const result of results) {
      expect(result['seen'] ?? []).toHaveLength(2 * times);
      expect(result['length'] ?? []).toHaveLength(times);
      (result['seen'] ?? []).forEach((value, i) => expect(value).toBeCloseTo(seen[i]!, 5));
      result['sum']!.forEach((value, i) => expect(value).toBeCloseTo(sum[i]!, 4));
      result['last']!.forEach((value, i) => expect(value).toBeCloseTo(last[i]!, 5));
    }
  });

  it('keeps a result until the call after the next one starts', async () => {
    await engines.compiled.setState({ total: new Float32Array(2) }, { total: [2] });
    const program = await engines.compiled.prepare(STAGES, 3);
    const run = (seed: number) => program.run({ from: uniform(seed, 2), push: uniform(seed, 6), scale: Float32Array.of(1) }, 3);
    const first = await run(1);
    const kept = first['seen']!.slice();
    await run(2);
    expect([...first['seen']!]).toEqual([...kept]);
    await program.dispose();
  });

  it('has its own scratch: two programs with the same names do not meet, and nothing of it is state', async () => {
    await engines.compiled.setState({ total: new Float32Array(2) }, { total: [2] });
    const [one, other] = [await engines.compiled.prepare(STAGES), await engines.compiled.prepare(STAGES)];
    const feeds = (seed: number) => ({ from: uniform(seed, 2), push: uniform(seed, 4), scale: Float32Array.of(1) });
    const alone = [...(await one.run(feeds(1), 2))['last']!];
    await other.run(feeds(2), 2);
    expect([...(await one.run(feeds(1), 2))['last']!]).toEqual(alone);
    await expect(engines.compiled.getState(['walk'])).rejects.toMatchObject({ code: 'engine.state' });
    await one.dispose();
    await other.dispose();
  });

  it.each([
    [{ from: new Float32Array(2), push: new Float32Array(3), scale: new Float32Array(1) }, /"push" has 3 numbers.*× 2 repetitions needs 4/],
    [{ from: new Float32Array(2), push: new Float32Array(4) }, /"scale".*was not given/],
    [{ from: new Float32Array(2), push: new Float32Array(4), scale: new Float32Array(1), more: new Float32Array(1) }, /no input "more"/],
  ])('refuses feeds that do not fit, by name', async (feeds, message) => {
    for (const engine of [engines.compiled, engines.eager]) {
      const program = await engine.prepare(STAGES);
      await expect(program.run(feeds as Record<string, Float32Array>, 2)).rejects.toThrow(message);
    }
  });
});
