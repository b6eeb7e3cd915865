import { describe, expect, it } from 'vitest';
import { newestOf, progressLine } from '../../../src-main/cli/progress.ts';

const OPTIONS = { barsize: 10, barCompleteString: '##########', barIncompleteString: '----------' };

describe('newestOf', () => {
  it('takes the last loss, and the energy of first and last answers', () => {
    const series = [
      { metric: 'loss', first: 1, values: Float64Array.of(3, 2) },
      { metric: 'energy/0', first: 1, values: Float64Array.of(9, 8) },
      { metric: 'energy/2', first: 1, values: Float64Array.of(7, 6) },
      { metric: 'energy/10', first: 1, values: Float64Array.of(5, 4) },
    ];
    expect(newestOf(series)).toEqual({ loss: 2, energy: { first: 8, last: 4 } });
  });

  it('leaves out what was not measured', () => {
    expect(newestOf([])).toEqual({});
    expect(newestOf([{ metric: 'loss', first: 1, values: Float64Array.of(1) }])).toEqual({ loss: 1 });
  });
});

describe('progressLine', () => {
  it('shows how far a run is, the time left, loss and the fall of the energy', () => {
    expect(progressLine(OPTIONS, { progress: 0.34, eta: 134, value: 2720, total: 8000 }, { name: 'mine', loss: 0.01234, energy: { first: 0.51, last: -1.2 } })).toBe(
      'mine ###------- 34 %  2,720 of 8,000  ETA 2 m 14 s  loss 0.0123  energy 0.510 → -1.20',
    );
  });

  it('does not guess the time left', () => {
    expect(progressLine(OPTIONS, { progress: 0, eta: NaN, value: 0, total: 10 }, { name: 'mine' })).toBe('mine ---------- 0 %  0 of 10  ETA …');
  });
});
