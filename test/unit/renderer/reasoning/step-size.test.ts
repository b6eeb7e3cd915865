import { describe, expect, it } from 'vitest';
import { fromPosition, LARGEST, POSITIONS, SMALLEST, toPosition } from '../../../../src-renderer/features/reasoning/step-size.ts';

describe('λ on a slider', () => {
  it('has the run’s own value exactly in the middle', () => {
    for (const own of [100, 0.1, 3.7, 123.456]) {
      expect(fromPosition(POSITIONS / 2, own)).toBe(own);
      expect(toPosition(own, own)).toBe(POSITIONS / 2);
    }
  });

  it('reaches two decades either side, and comes back to the position it left', () => {
    expect(fromPosition(0, 100)).toBe(1);
    expect(fromPosition(POSITIONS, 100)).toBe(10_000);
    for (let position = 0; position <= POSITIONS; position++) expect(toPosition(fromPosition(position, 100), 100)).toBe(position);
  });

  it('stays within what may be asked for', () => {
    expect(fromPosition(0, SMALLEST)).toBe(SMALLEST);
    expect(fromPosition(POSITIONS, LARGEST)).toBe(LARGEST);
    expect(toPosition(1e6, 1)).toBe(POSITIONS);
    expect(toPosition(1e-6, 1)).toBe(0);
  });
});
