import { expect, it, onTestFinished } from 'vitest';
import { resolveConfig } from '../../src-main/contract/settings.ts';
import type { RunConfig } from '../../src-main/contract/config.ts';
import { planOf, type PlannedTable } from '../../src-main/reproduction/plan.ts';
import { fillTable } from '../../src-main/reproduction/table.ts';
import { testWith } from '../../src-main/reproduction/testing.ts';
import { work, type WorkOptions } from '../../src-main/reproduction/work.ts';
import { Workbench } from '../../src-main/workbench/workbench.ts';
import { openLibrary } from '../../src-main/workbench/library.ts';
import { connect } from '../support/connect.ts';
import { serveWorkbench } from '../support/served.ts';
import { refusalOf } from '../support/refusal.ts';
import { basin, jsonLines, newFolder } from './cli-program.ts';

/*
 * The tables with real trainers; the plans are the paper's, their runs smaller than any that a person would want.
 */

const SMALL = { rank: 2, hidden: 8, recurrent_hidden: 8, batch: 8, steps: 3, step_size: 1, iterations: 40, replay_capacity: 64, probe_every: 0, checkpoint_every: 0, replay_store_every: 0 } as const;
/** Steps so long that numbers leave the finite ones. */
const WILD = { depth: 4, step_size: 1_000_000, learning_rate: 1, backprop: 'full', iterations: 500 } as const;
const systems: readonly Partial<RunConfig>[] = [{ method: 'feedforward' }, { method: 'ponder' }, { method: 'irem' }];
const rows = (iterations: number) => systems.map((settings) => ({ id: settings.method!, label: settings.method!, config: resolveConfig({ ...SMALL, ...settings, iterations }), halts: settings.method === 'ponder', published: {} }));
const plans =
  (iterations = 40): typeof planOf =>
  (name, scale): PlannedTable => ({ ...planOf(name, scale), rows: rows(iterations) });

function opened() {
  const workbench = Workbench.open(newFolder(), { concurrency: 2 });
  onTestFinished(() => workbench.close());
  const said: string[] = [];
  const test = testWith(workbench);
  const go = (tables: Parameters<typeof work>[1]['tables'], options: Partial<WorkOptions> = {}, seeds = 1) =>
    work(workbench, { tables, scale: 'quick', seeds }, { test, signal: new AbortController().signal, plans: plans(), changed: ({ doing }) => void said.push(...doing.map(({ text }) => text)), ...options });
  const table = (name: 'continuous' | 'nested', seeds = 1, iterations = 40) => fillTable(workbench, name, 'quick', seeds, plans(iterations));
  return { workbench, go, table, said };
}

it('trains what is missing and tests it, for all tables that want it; a second time there is nothing left to do', async () => {
  const { workbench, go, table, said } = opened();
  expect(await go(['continuous', 'nested'], {}, 2)).toEqual([]);
  expect(workbench.list().map(({ status, tags }) => [status, tags])).toEqual(Array.from({ length: 6 }, () => ['finished', ['reproduce']]));
  for (const name of ['continuous', 'nested'] as const) {
    const filled = table(name, 2);
    expect(filled.missing).toBe(0);
    for (const { cells, verdict } of filled.rows) {
      for (const cell of cells) expect(cell).toMatchObject({ n: 2, mean: expect.any(Number), deviation: expect.any(Number), references: [{ error: 0 }, { label: 'predict 0' }] });
      expect(verdict).toMatchObject({ published: null, trivial: 'does not beat' });
    }
  }
  // What is trained badly gets worse with every composition, and the exact sum's square grows by 2/3 a matrix.
  const [first] = table('nested', 2).rows;
  expect(first!.cells.map(({ mean }) => mean!)).toEqual(first!.cells.map(({ mean }) => mean!).toSorted((a, b) => a - b));
  expect(said.some((text) => text.startsWith('Testing feedforward on addition'))).toBe(true);

  const before = workbench.list().length;
  said.length = 0;
  expect(await go(['continuous', 'nested'], {}, 2)).toEqual([]);
  expect(workbench.list()).toHaveLength(before);
  expect(said).toEqual([]);
});

it('stops with checkpoints when told, goes on from there, and tests what there is without training', async () => {
  const { workbench, go, table } = opened();
  const many = 200_000;
  const ending = new AbortController();
  const stopped = refusalOf(go(['continuous'], { plans: plans(many), signal: ending.signal }));
  await expect.poll(() => workbench.list().filter(({ iteration }) => iteration > 0).length, { timeout: 60_000 }).toBeGreaterThan(0);
  ending.abort();
  expect((await stopped).code).toBe('reproduce.stopped');
  const left = workbench.list();
  expect(left.every(({ status }) => status === 'stopped')).toBe(true);
  const furthest = left.find(({ iteration }) => iteration > 0)!;

  expect(await go(['continuous'], { plans: plans(many), evaluateOnly: true })).toEqual([]);
  const row = table('continuous', 1, many).rows.find(({ runs }) => runs[0]!.run === furthest.id)!;
  expect(row.runs[0]).toMatchObject({ status: 'stopped', evaluated: furthest.iteration, iterations: many });
  expect(row.cells[0]!.mean).toEqual(expect.any(Number));
  expect(workbench.list()).toHaveLength(left.length);

  const again = new AbortController();
  const second = refusalOf(go(['continuous'], { plans: plans(many), signal: again.signal }));
  await expect.poll(() => workbench.find(String(furthest.id)).iteration, { timeout: 60_000 }).toBeGreaterThan(furthest.iteration);
  again.abort();
  await second;
  // The run went on: no other was started in its place.
  expect(workbench.list().filter(({ config }) => config.method === furthest.config.method)).toHaveLength(1);
});

it('a run that diverges is left as it is, and one that cannot be tested is told of; the others go on', async () => {
  const { workbench, go, table } = opened();
  const wild: typeof planOf = (name, scale) => ({ ...planOf(name, scale), rows: rows(60).map((row) => (row.id === 'irem' ? { ...row, config: { ...row.config, ...WILD } } : row)) });
  const failures = await go(['continuous'], {
    plans: wild,
    test: (run, options) => (run.config.method === 'ponder' ? Promise.reject(new Error('no room')) : testWith(workbench)(run, options)),
  });
  expect(failures).toEqual([expect.stringMatching(/^ponder on addition: no room/)]);
  const filled = fillTable(workbench, 'continuous', 'quick', 1, wild);
  expect(filled.rows.map(({ id, runs }) => [id, runs[0]!.status])).toEqual([['feedforward', 'finished'], ['ponder', 'finished'], ['irem', 'diverged']]);
  expect(filled.rows[0]!.cells[0]!.mean).toEqual(expect.any(Number));
  expect(filled.missing).toBe(1);
  expect(table('nested').rows.every(({ cells }) => cells.every(({ mean }) => mean === null))).toBe(true);
});

it('ends with the workbench that is at it: what trains is stopped with a checkpoint, and nothing is started any more', async () => {
  const folder = newFolder();
  const served = await serveWorkbench(folder);
  const client = await connect(served.url);
  const runs = async () => (await client.request('runs.list', {})).runs;
  await client.request('reproduce.start', { tables: ['continuous'], scale: 'quick', seeds: 1 });
  // One trains and one waits for its turn: a window trains one run at a time unless told.
  await expect.poll(async () => (await runs()).some(({ iteration }) => iteration > 200) && (await runs()).length > 1, { timeout: 120_000 }).toBe(true);
  const before = (await runs()).map(({ id }) => id).sort();
  const { code } = await served.end();
  expect(code).toBe(0);
  const library = openLibrary(folder);
  onTestFinished(() => library.close());
  const after = library.list();
  expect(after.map(({ id }) => id).sort()).toEqual(before);
  expect(after.filter(({ status }) => status !== 'stopped' && status !== 'finished')).toEqual([]);
  const trained = after.find(({ iteration }) => iteration > 200)!;
  expect(library.lastCheckpoint(trained.id)).toBe(trained.iteration);
  await expect(runs()).rejects.toThrow();
});

it('basin reproduce: prints tables that nothing fills yet, as text, JSON and LaTeX, and refuses what there is not', async () => {
  const env = { BASIN_DATA: newFolder() };
  const text = await basin(['reproduce', 'ablation', '--evaluate-only'], env);
  expect(text).toMatchObject({ code: 0, stderr: '' });
  expect(text.stdout).toMatch(/no replay, all steps differentiated .* not trained/);
  expect(text.stdout).toContain('4 runs are missing or not finished: basin reproduce ablation --scale quick');
  const tables = jsonLines((await basin(['reproduce', '--evaluate-only', '--scale', 'paper', '--json'], env)).stdout);
  expect(tables).toMatchObject(['continuous', 'graph', 'nested', 'ablation', 'steps'].map((table) => ({ table, scale: 'paper', seeds: 1 })));
  expect((await basin(['reproduce', 'continuous', '--evaluate-only', '--scale', 'paper', '--format', 'latex'], env)).stdout).toContain('0.0003 / 0.0021');
  for (const [args, words] of [
    [['reproduce', 'pictures'], 'Allowed choices are continuous, graph, nested, ablation, steps'],
    [['reproduce', '--scale', 'huge'], 'Allowed choices are quick, paper'],
    [['reproduce', '--seeds', '0'], 'a whole number from 1 to 20'],
  ] as const) {
    const { code, stderr } = await basin(args, env);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  }
});
