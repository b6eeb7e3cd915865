import { describe, expect, it } from 'vitest';
import { listProbes, readProbe, writeProbe } from '../../../db/probes.ts';
import type { ProbeResult } from '../../../src-main/contract/events.ts';
import { refusal } from '../../support/refusal.ts';
import { newRun, newStore } from './helpers.ts';

/** Two problems, two updates, one answer of width 3 kept. */
const probe = (changes: Partial<ProbeResult> = {}): ProbeResult => ({
  iteration: 100, difficulty: 'same', steps: 2, problems: 2, energies: Float32Array.of(1, 3, -1, NaN, 0.5, 1.5), errors: Float32Array.of(4, 6, 2, 2, 1, Infinity), gradientNorms: new Float32Array(6).fill(9),
  answers: Float32Array.from({ length: 9 }, (_, i) => i), answersKept: 1, ...changes,
});

describe('a probe', () => {
  it('comes back as it was, non-finite numbers included', () => {
    const store = newStore();
    const run = newRun(store);
    writeProbe(store, run, probe());
    expect(readProbe(store, run, 100, 'same')).toEqual(probe());
    expect(readProbe(store, run, 100, 'harder')).toBeUndefined();
    expect(readProbe(store, run, 200, 'same')).toBeUndefined();
  });

  it('is summed up by its means over the problems, in order', () => {
    const store = newStore();
    const run = newRun(store);
    for (const [iteration, difficulty] of [[200, 'same'], [100, 'same'], [100, 'harder']] as const) writeProbe(store, run, probe({ iteration, difficulty }));
    const summary = { steps: 2, problems: 2, answersKept: 1, meanEnergies: Float64Array.of(2, NaN, 1), meanErrors: Float64Array.of(5, 2, Infinity) };
    expect(listProbes(store, run)).toEqual([{ iteration: 100, difficulty: 'harder', ...summary }, { iteration: 100, difficulty: 'same', ...summary }, { iteration: 200, difficulty: 'same', ...summary }]);
  });

  it('replaces one of the same iteration and difficulty', () => {
    const store = newStore();
    const run = newRun(store);
    writeProbe(store, run, probe());
    writeProbe(store, run, probe({ errors: new Float32Array(6).fill(1) }));
    expect(listProbes(store, run)).toMatchObject([{ meanErrors: Float64Array.of(1, 1, 1) }]);
  });

  it('of a method without an energy has none, and may keep no answers', () => {
    const store = newStore();
    const run = newRun(store);
    const bare = probe({ energies: new Float32Array(0), gradientNorms: new Float32Array(0), answers: new Float32Array(0), answersKept: 0 });
    writeProbe(store, run, bare);
    expect(readProbe(store, run, 100, 'same')).toEqual(bare);
    expect(listProbes(store, run)[0]!.meanEnergies).toHaveLength(0);
  });

  it.each([{ errors: new Float32Array(5) }, { energies: new Float32Array(4) }, { gradientNorms: new Float32Array(7) }, { answers: new Float32Array(10) }, { answersKept: 0 }])('is refused with arrays of the wrong size: %j', (changes) => {
    const store = newStore();
    const run = newRun(store);
    expect(refusal(() => writeProbe(store, run, probe(changes))).code).toBe('probe.shape');
    expect(listProbes(store, run)).toEqual([]);
  });
});
