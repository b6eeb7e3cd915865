import { describe, expect, it } from 'vitest';
import type { ReproductionCell } from '../../../src-main/contract/api/reproduce.ts';
import { FIRST_VIEW, readView, writeView } from '../../../src-renderer/features/reproduce/address.ts';
import { cellWords, sourceWords, standings, tableWords, workWords } from '../../../src-renderer/features/reproduce/words.ts';

describe('the address of a table', () => {
  it('is the view', () => {
    const view = { table: 'steps', scale: 'paper', seeds: 5 } as const;
    expect(readView(writeView(view))).toEqual(view);
  });
  it.each([[{}], [{ table: 'pictures', scale: 'huge', seeds: '0' }], [{ seeds: '21' }], [{ seeds: '1.5' }], [{ table: ['steps'], seeds: 'NaN' }]])('%j is read as the first view', (query) => expect(readView(query)).toEqual(FIRST_VIEW));
});

describe('words', () => {
  const count = (value: number) => value.toLocaleString('en');
  const source = { seed: 0, run: 3, status: 'finished', iteration: 6000, iterations: 6000, evaluated: 6000 } as const;

  it('say how far a seed is, and nothing of one that is done', () => {
    expect(sourceWords(source, count)).toBe('');
    expect(sourceWords({ ...source, run: null, status: null, iteration: 0, evaluated: null }, count)).toBe('not trained');
    expect(sourceWords({ ...source, status: 'running', iteration: 1999, evaluated: null }, count)).toBe('training, 33 %');
    expect(sourceWords({ ...source, status: 'diverged', iteration: 1999, evaluated: null }, count)).toBe('diverged at 1,999');
    expect(sourceWords({ ...source, status: 'stopped', iteration: 5000, evaluated: 4000 }, count)).toBe('tested at 4,000 of 6,000');
    expect(sourceWords({ ...source, status: 'stopped', iteration: 5000, evaluated: null }, count)).toBe('stopped at 5,000 of 6,000');
    expect(sourceWords({ ...source, evaluated: null }, count)).toBe('trained, not tested');
  });

  it('say all of a number', () => {
    const cell: ReproductionCell = { column: 'same@40', mean: 0.1, deviation: 0.02, n: 3, published: 0.3, references: [{ label: 'predict 0', error: 0.5 }], lowest: true };
    expect(cellWords(cell, 'Same', String)).toBe('Same: 0.1 ± 0.02, 3 seeds; published 0.3; trivial: predict 0 0.5');
    expect(cellWords({ ...cell, mean: null }, 'Same', String)).toBe('Same: nothing yet');
    expect(cellWords({ ...cell, mean: NaN, deviation: null, n: 1, published: null, references: [] }, 'Same', String)).toBe('Same: NaN, 1 seed');
  });

  it('say how full a table is, and what is being done', () => {
    const row = { id: 'a', task: 'addition', method: 'irem', label: 'IREM', runs: [source, source], cells: [], verdict: { published: null, trivial: null, text: '' } };
    expect(tableWords({ rows: [row], missing: 0 })).toBe('All 2 runs are trained and tested.');
    expect(tableWords({ rows: [row], missing: 1 })).toBe('1 of 2 runs are missing or not finished.');
    expect(tableWords({ rows: [row], missing: 2 })).toBe('None of its 2 runs is finished.');
    const work = { tables: ['steps' as const], scale: 'quick' as const, seeds: 1, done: 2, total: 5, doing: [{ run: 3, text: 'Training IREM' }] };
    expect(workWords(work)).toBe('2 of 5 runs done. Training IREM…');
    expect(workWords({ ...work, total: 0 })).toBe('Looking for what is missing…');
    expect(standings({ verdict: { published: 'partly', trivial: 'does not beat', text: '' } })).toEqual({ published: 'some', trivial: 'none' });
  });
});
