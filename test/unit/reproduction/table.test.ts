import { describe, expect, it } from 'vitest';
import { writeEvaluation } from '../../../db/evaluations.ts';
import type { WriteStore } from '../../../db/open.ts';
import { createRun, endRun, type Ending } from '../../../db/runs.ts';
import type { RunConfig } from '../../../src-main/contract/config.ts';
import { resolveConfig } from '../../../src-main/contract/settings.ts';
import { planOf } from '../../../src-main/reproduction/plan.ts';
import { fillTable, optionsFor } from '../../../src-main/reproduction/table.ts';
import { Library } from '../../../src-main/workbench/library.ts';
import { temporaryStore } from '../../support/temporary-store.ts';

const PLAN = planOf('continuous', 'quick');
const IREM = PLAN.rows.find(({ id }) => id === 'addition irem')!;

function openFilled(): { store: WriteStore; table: (seeds?: number) => ReturnType<typeof fillTable>; row: (id?: string, seeds?: number) => ReturnType<typeof fillTable>['rows'][number] } {
  const store = temporaryStore();
  const table = (seeds = 1) => fillTable(new Library(store), 'continuous', 'quick', seeds);
  return { store, table, row: (id = IREM.id, seeds = 1) => table(seeds).rows.find((each) => each.id === id)! };
}

function add(store: WriteStore, config: RunConfig, ending: Ending, more: { parentRun?: number; parentIteration?: number } = {}): number {
  const id = createRun(store, { config, engine: 'compiled', device: 'cpu', versions: {}, ...more });
  endRun(store, id, ending);
  return id;
}

function evaluated(store: WriteStore, run: number, iteration: number, error: number, changes: object = {}): void {
  const steps = [10, 20, 40, 80].map((updates) => ({ updates, error: error * (updates === 40 ? 1 : 100), low: 0, high: 0, quantiles: [0, 0, 0, 0, 0] }));
  const result = (difficulty: string, factor: number) => ({ difficulty, problems: 5632, steps: steps.map((step) => ({ ...step, error: step.error * factor })), references: [{ name: 'zero', label: 'predict 0', error: 0.5, beaten: true }, { name: 'linear-map', label: 'a linear map', error: 0.25, beaten: true }] });
  writeEvaluation(store, { run, iteration, options: { ...optionsFor(PLAN, IREM, 'quick'), ...changes }, result: { results: [result('same', 1), result('harder', 2)] }, at: iteration });
}

describe('filling a table', () => {
  it('an empty store misses every run of it', () => {
    const { table } = openFilled();
    expect(table().missing).toBe(PLAN.rows.length);
    expect(table(3).missing).toBe(3 * PLAN.rows.length);
    expect(table().rows.every(({ cells }) => cells.every(({ mean }) => mean === null))).toBe(true);
  });

  it('takes the numbers of the run that is configured so, whatever it records, and no other', () => {
    const { store, row, table } = openFilled();
    const whole = { status: 'finished', iteration: IREM.config.iterations } as const;
    evaluated(store, add(store, { ...IREM.config, hidden: 64 }, whole), 6000, 0.9);
    expect(row().runs[0]!.run).toBeNull();
    const parent = add(store, { ...IREM.config, hidden: 32 }, whole);
    evaluated(store, add(store, IREM.config, whole, { parentRun: parent, parentIteration: 5 }), 6000, 0.8);
    expect(row().runs[0]!.run).toBeNull();
    const id = add(store, { ...IREM.config, probe_every: 7, checkpoint_keep: 9 }, whole);
    expect(row().runs[0]).toMatchObject({ run: id, status: 'finished', evaluated: null });
    evaluated(store, id, 6000, 0.1);
    expect(row().cells.map(({ mean, n, references }) => [mean, n, references[0]])).toEqual([[0.1, 1, { label: 'a linear map', error: 0.25 }], [0.2, 1, { label: 'a linear map', error: 0.25 }]]);
    expect(row().verdict).toMatchObject({ published: null, trivial: 'beats' });
    expect(table().missing).toBe(PLAN.rows.length - 1);
  });

  it('counts evaluations made with the same options alone, and of those the one of the furthest checkpoint', () => {
    const { store, row } = openFilled();
    const id = add(store, IREM.config, { status: 'stopped', iteration: 5000 });
    evaluated(store, id, 6000, 0.7, { problems: 100 });
    evaluated(store, id, 6000, 0.7, { checkpoint: 'best' });
    expect(row().cells[0]!.mean).toBeNull();
    evaluated(store, id, 4000, 0.4);
    evaluated(store, id, 2000, 0.2);
    expect(row()).toMatchObject({ runs: [{ run: id, status: 'stopped', iteration: 5000, evaluated: 4000 }], cells: [{ mean: 0.4 }, { mean: 0.8 }] });
  });

  it('takes the mean and the sample deviation over seeds; one that diverged is done and has no part in it', () => {
    const { store, row, table } = openFilled();
    const [a, b] = [0, 1].map((seed) => add(store, { ...IREM.config, seed }, { status: 'finished', iteration: IREM.config.iterations }));
    evaluated(store, a!, IREM.config.iterations, 0.1);
    evaluated(store, b!, IREM.config.iterations, 0.3);
    add(store, { ...IREM.config, seed: 2 }, { status: 'diverged', iteration: 17, divergence: { iteration: 17, step: 3, quantity: 'energy' } });
    expect(row(IREM.id, 3).cells[0]).toMatchObject({ mean: expect.closeTo(0.2, 12), deviation: expect.closeTo(Math.SQRT2 / 10, 12), n: 2 });
    expect(table(3).missing).toBe(3 * PLAN.rows.length - 3);
    expect(row().cells[0]).toMatchObject({ mean: 0.1, deviation: null, n: 1 });
  });

  it('marks the lowest of a task once there are two to compare', () => {
    const { store, row } = openFilled();
    const whole = { status: 'finished', iteration: IREM.config.iterations } as const;
    evaluated(store, add(store, IREM.config, whole), whole.iteration, 0.1);
    expect(row().cells[0]!.lowest).toBe(false);
    const other = PLAN.rows.find(({ id }) => id === 'addition feedforward')!;
    evaluated(store, add(store, other.config, whole), whole.iteration, NaN);
    expect(row().cells[0]!.lowest).toBe(true);
    expect(row(other.id)).toMatchObject({ cells: [{ mean: NaN, lowest: false }, { mean: NaN }], verdict: { trivial: 'does not beat' } });
  });

  it('an unrelated run of the task is nobody’s', () => {
    const { store, table } = openFilled();
    add(store, resolveConfig({ task: 'addition' }, 'quick'), { status: 'finished', iteration: 16_000 });
    expect(table().rows.flatMap(({ runs }) => runs).every(({ run }) => run === null)).toBe(true);
  });
});
