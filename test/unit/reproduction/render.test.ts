import { describe, expect, it } from 'vitest';
import type { ReproductionTable } from '../../../src-main/contract/api/reproduce.ts';
import { progressWords, renderTable, trivialText } from '../../../src-main/reproduction/render.ts';

const source = { seed: 0, run: 7, status: 'finished', iteration: 10_000, iterations: 10_000, evaluated: 10_000 } as const;
const TABLE: ReproductionTable = {
  table: 'continuous',
  scale: 'paper',
  seeds: 2,
  title: 'Continuous tasks',
  about: 'Mean squared error, 95 % & more.',
  columns: [{ id: 'same@40', title: 'Same, 40 updates' }],
  rows: [
    {
      id: 'a',
      task: 'addition',
      method: 'irem',
      label: 'IREM, "ours" | theirs',
      runs: [source, { ...source, seed: 1, run: 8, iteration: 5000, evaluated: 4000, status: 'stopped' }],
      cells: [{ column: 'same@40', mean: 0.000123456, deviation: 1.5e-9, n: 2, published: 0.0003, references: [{ label: 'a linear map (A + B)', error: 0 }], lowest: true }],
      verdict: { published: 'reaches', trivial: 'does not beat', text: 'reaches the published error; does not beat a linear map (A + B)' },
    },
    { id: 'b', task: 'low_rank', method: 'ponder', label: 'Ponder', runs: [{ ...source, run: null, status: null, iteration: 0, evaluated: null }], cells: [{ column: 'same@40', mean: null, deviation: null, n: 0, published: null, references: [], lowest: false }], verdict: { published: null, trivial: null, text: '' } },
  ],
  missing: 2,
};

describe('a table as text', () => {
  it('CSV: every digit, one column a number, words quoted', () => {
    const lines = renderTable(TABLE, 'csv').trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toBe('task,method,system,runs,iterations,of_iterations,same@40,same@40_sd,same@40_n,same@40_published,same@40_trivial,same@40_trivial_name,published_verdict,trivial_verdict,verdict,progress');
    expect(lines[1]).toBe('addition,irem,"IREM, ""ours"" | theirs",7 8,10000 4000,10000,0.000123456,1.5e-9,2,0.0003,0,a linear map (A + B),reaches,does not beat,reaches the published error; does not beat a linear map (A + B),"seed 1: after 4,000 of 10,000 iterations"');
    expect(lines[2]).toBe('low_rank,ponder,Ponder,,,10000,,,0,,,,,,,not trained');
  });

  it('Markdown: as many cells in every line, bars escaped, the lowest in bold', () => {
    const [, , ...lines] = renderTable(TABLE, 'markdown').trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    expect(new Set(lines.map((line) => line.replaceAll('\\|', '').split('|').length)).size).toBe(1);
    expect(lines[2]).toContain('IREM, "ours" \\| theirs');
    expect(lines[2]).toContain('**0.000123 ± 1.50e-9**');
    expect(lines[3]).toContain('not trained');
    expect(renderTable({ ...TABLE, rows: TABLE.rows.map((row) => ({ ...row, runs: [source] })) }, 'markdown')).not.toContain('trained');
  });

  it('LaTeX: what LaTeX would read as its own is escaped, powers are set', () => {
    const text = renderTable(TABLE, 'latex');
    expect(text).toContain('95 \\% \\& more');
    expect(text).toContain('\\textbf{0.000123 $\\pm$ $1.50\\cdot10^{-9}$}');
    expect(text).toContain('low\\_rank & Ponder \\emph{(not trained)} & -- & -- &  \\\\');
    // Every row of the body has as many columns as the head.
    expect(new Set(text.split('\n').filter((line) => line.endsWith('\\\\')).map((line) => line.split(/(?<!\\)&/).length))).toEqual(new Set([5]));
    expect(text.match(/\\begin/g)).toHaveLength(2);
    expect(text.match(/\\end/g)).toHaveLength(2);
  });
});

describe('progress of a row', () => {
  const of = (...runs: Partial<ReproductionTable['rows'][number]['runs'][number]>[]) => progressWords({ runs: runs.map((run, seed) => ({ ...source, seed, ...run })) });
  it('is said once where all seeds are alike, and seed by seed otherwise', () => {
    expect(of({}, {})).toBe('');
    expect(of({ run: null, status: null, evaluated: null }, { run: null, status: null, evaluated: null })).toBe('not trained');
    expect(of({ status: 'diverged', iteration: 12, evaluated: null }, {})).toBe('seed 0: diverged at iteration 12');
    expect(of({ evaluated: null })).toBe('trained, not tested');
    expect(of({ status: 'running', iteration: 1200, evaluated: null })).toBe('running, 1,200 of 10,000 iterations');
  });
});

describe('the lowest trivial answers of a row', () => {
  const of = (...references: ([string, number] | null)[]) => trivialText({ cells: references.map((reference, at) => ({ ...TABLE.rows[0]!.cells[0]!, column: String(at), references: reference ? [{ label: reference[0], error: reference[1] }] : [] })) });
  it('are said once where they do not change, and a name once where only its number does', () => {
    expect(of(['zero', 0], ['zero', 0])).toBe('zero 0');
    expect(of(['input', 0.0175], ['input', 0.204])).toBe('input 0.0175 / 0.204');
    expect(of(['input', 0.1], ['mean', 0.2], ['mean', 0.2])).toBe('input 0.100 / mean 0.200');
    expect(of(null, null)).toBe('');
  });
});
