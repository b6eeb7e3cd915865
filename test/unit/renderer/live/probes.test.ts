import { describe, expect, it } from 'vitest';
import { probeLines, referenceLines, walkLine } from '../../../../src-renderer/features/live/charts/probe-lines.ts';
import { curveOf } from '../../../../src-renderer/features/live/data/probe-mean.ts';
import { iterationOf, moved, playStride, positionOf, withIterations } from '../../../../src-renderer/features/live/data/scrub.ts';
import { curveAt, EMPTY_SHELF, ghosts, withCurve, withCurves } from '../../../../src-renderer/features/live/data/shelf.ts';
import { curve, summary } from './samples.ts';

const paint = { run: 'blue', muted: 'grey' };

describe('probe curves at hand', () => {
  it('stand in order of iteration, whatever order they come in', () => {
    const shelf = withCurves(EMPTY_SHELF, [curve(300), curve(100), curve(200), curve(100, { difficulty: 'harder' })]);
    expect(shelf.same.map(({ iteration }) => iteration)).toEqual([100, 200, 300]);
    expect(shelf.harder).toHaveLength(1);
    expect(curveAt(shelf, 'harder', 100)?.difficulty).toBe('harder');
  });

  it('keep their deviations when the same probe is read again without', () => {
    const whole = curve(100, { errorDeviations: Float64Array.of(0, 0, 0) });
    expect(withCurves(EMPTY_SHELF, [whole, curve(100)]).same).toEqual([whole]);
    expect(withCurves(EMPTY_SHELF, [curve(100), whole]).same).toEqual([whole]);
  });

  it('stay few however long the run is, the first and the newest among them', () => {
    let shelf = EMPTY_SHELF;
    for (let iteration = 100; iteration <= 1_000_000; iteration += 100) shelf = withCurve(shelf, curve(iteration), 16);
    expect(shelf.same.length).toBeLessThanOrEqual(16);
    expect([shelf.same[0]!.iteration, shelf.same.at(-1)!.iteration]).toEqual([100, 1_000_000]);
  });

  it('fade with age as ghosts of the one shown', () => {
    const curves = Array.from({ length: 20 }, (_, i) => curve((i + 1) * 100));
    const behind = ghosts(curves, 1500, 4);
    expect(behind.map(({ curve: { iteration } }) => iteration)).toEqual([100, 500, 1000, 1400]);
    expect(behind.every(({ opacity }, i) => i === 0 || opacity > behind[i - 1]!.opacity)).toBe(true);
    expect(ghosts(curves, 100)).toEqual([]);
    expect(ghosts(curves.slice(0, 2), 200).map(({ curve: { iteration } }) => iteration)).toEqual([100]);
  });
});

describe('a whole probe in means', () => {
  it('has the mean and the population deviation over problems, and NaN where one is NaN', () => {
    const probe = { iteration: 7, difficulty: 'same' as const, steps: 1, problems: 2, energies: Float32Array.of(1, 3, 2, NaN), errors: Float32Array.of(4, 4, 0, 2), gradientNorms: new Float32Array(4), answers: new Float32Array(0), answersKept: 0 };
    const { meanEnergies, energyDeviations, meanErrors, errorDeviations } = curveOf(probe);
    expect([...meanEnergies]).toEqual([2, NaN]);
    expect([...energyDeviations]).toEqual([1, NaN]);
    expect([...meanErrors]).toEqual([4, 1]);
    expect([...errorDeviations]).toEqual([0, 1]);
  });

  it('has no energies where the method has none', () => {
    const probe = { iteration: 7, difficulty: 'same' as const, steps: 1, problems: 2, energies: new Float32Array(0), errors: new Float32Array(4), gradientNorms: new Float32Array(0), answers: new Float32Array(0), answersKept: 0 };
    expect(curveOf(probe).meanEnergies).toHaveLength(0);
  });
});

describe('scrubbing through probes', () => {
  const iterations = [100, 200, 300, 400];

  it('follows the newest until an earlier one is chosen, and again from the end', () => {
    expect(iterationOf(iterations, 'newest')).toBe(400);
    expect(moved(iterations, 'newest', -1)).toBe(300);
    expect(moved(iterations, 300, -5)).toBe(100);
    expect(moved(iterations, 300, 1)).toBe('newest');
    expect(moved(iterations, 100, 1)).toBe(200);
    expect(moved(iterations, 'newest', 1)).toBe('newest');
    expect(moved([], 'newest', -1)).toBe('newest');
    expect(positionOf([], 'newest')).toBe(-1);
  });

  it('shows the nearest there is of an iteration that was let go of', () => {
    expect(iterationOf(iterations, 260)).toBe(300);
    expect(iterationOf(iterations, 240)).toBe(200);
    expect(iterationOf(iterations, 9999)).toBe(400);
    expect(iterationOf(iterations, 1)).toBe(100);
  });

  it('keeps few positions, the first and the last among them', () => {
    expect(withIterations([100, 300], [200, 300])).toEqual([100, 200, 300]);
    expect(withIterations(iterations, [200])).toBe(iterations);
    const many = withIterations([], Array.from({ length: 100_000 }, (_, i) => i + 1));
    expect(many.length).toBeLessThanOrEqual(2000);
    expect([many[0], many.at(-1)]).toEqual([1, 100_000]);
  });

  it('plays any run in some seconds', () => {
    expect(playStride(10, 150)).toBe(1);
    expect((2000 / playStride(2000, 150)) * 150).toBeCloseTo(6000, -2);
  });
});

describe('curves against the reasoning step', () => {
  const deviations = Float64Array.of(0.1, 0.1, 0.1);
  const shelf = withCurves(EMPTY_SHELF, [curve(100), curve(200), curve(300, { energyDeviations: deviations, errorDeviations: deviations }), curve(300, { difficulty: 'harder' })]);

  it('has ghosts behind, harder problems lighter, and a band whose meaning is said', () => {
    const lines = probeLines(shelf, 300, 'energy', ['same', 'harder'], paint);
    expect(lines.map(({ key }) => key)).toEqual(['harder', 'ghost-same-100', 'ghost-same-200', 'same']);
    const [harder, , , same] = lines;
    expect(harder!.width!).toBeLessThan(same!.width!);
    expect(same!.band!.meaning).toBe('± standard deviation over 32 problems');
    expect([same!.band!.low[0], same!.band!.high[0]]).toEqual([299.9, 300.1]);
    expect([...same!.x]).toEqual([0, 1, 2]);
    expect(lines.filter(({ background }) => background).every(({ colour }) => colour === 'grey')).toBe(true);
  });

  it('has no line of an energy that does not exist', () => {
    const none = withCurve(EMPTY_SHELF, curve(100, { meanEnergies: new Float64Array(0) }));
    expect(probeLines(none, 100, 'energy', ['same'], paint)).toEqual([]);
    expect(probeLines(none, 100, 'error', ['same'], paint)).toHaveLength(1);
    expect(walkLine(undefined, paint)).toEqual([]);
    expect(walkLine({ iteration: 1, mean: Float64Array.of(1, 0) }, paint)[0]!.x).toHaveLength(2);
  });

  it('draws the trivial answers of the difficulties in sight', () => {
    expect(referenceLines(summary().references, ['same'])).toEqual([{ y: 0.66, label: 'predict 0' }]);
    expect(referenceLines(summary().references, ['same', 'harder']).map(({ label }) => label)).toEqual(['predict 0', 'predict 0, harder']);
    const linear = (['same', 'harder'] as const).map((difficulty) => ({ difficulty, name: 'linear', label: 'a linear map', error: 0 }));
    expect(referenceLines(linear, ['same', 'harder'])).toEqual([{ y: 0, label: 'a linear map' }]);
    expect(referenceLines(summary().references, ['harder'])).toEqual([{ y: 4.2, label: 'predict 0' }]);
  });
});
