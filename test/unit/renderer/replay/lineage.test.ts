import { describe, expect, it } from 'vitest';
import type { LineageVisit } from '../../../../src-main/contract/api/replay.ts';
import { chain, forgotten, forgottenText } from '../../../../src-renderer/features/replay/lineage.ts';

const visit = (generation: number, energies: number[]): LineageVisit => ({
  uid: generation, parent: generation > 0 ? generation - 1 : null, problem: 0, generation, born: generation * 10, uses: 1, energy: energies.at(-1) ?? NaN, error: 0, living: true, visit: Float32Array.from(energies), y: null,
});

describe('a chain of visits', () => {
  it('lays energies one after another; a visit begins at the x where the one before ended', () => {
    const { x, y, ends, errors, starts } = chain([visit(0, [3, 2, 1]), visit(1, [1.5, 0.5])]);
    expect([...x]).toEqual([0, 1, 2, 2, 3]);
    expect([...y]).toEqual([3, 2, 1, 1.5, 0.5]);
    expect([...ends]).toEqual([2, 3]);
    expect([...errors]).toEqual([0, 0]);
    expect(starts.map(({ x: at, visit: { generation } }) => [at, generation])).toEqual([[0, 0], [2, 1]]);
  });

  it('without energies counts the visits, so that their errors have a place', () => {
    const { x, ends, starts } = chain([visit(0, []), visit(1, [])]);
    expect(x.length).toBe(0);
    expect([...ends]).toEqual([1, 2]);
    expect(starts.map(({ x: at }) => at)).toEqual([0, 1]);
  });

  it('says which generations are forgotten', () => {
    expect(forgotten([visit(3, []), visit(4, []), visit(6, [])])).toEqual([[0, 2], [5, 5]]);
    expect(forgottenText([visit(3, []), visit(4, []), visit(6, [])])).toMatch(/^Forgotten and not drawn: generations 0 to 2, generation 5\./);
    expect(forgottenText([visit(0, []), visit(1, [])])).toBe('');
  });
});
