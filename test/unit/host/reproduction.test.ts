import { expect, it } from 'vitest';
import { createRun, endRun } from '../../../db/runs.ts';
import { planOf } from '../../../src-main/reproduction/plan.ts';
import { refusalOf } from '../../support/refusal.ts';
import { bench } from './pair.ts';

const WISH = { tables: ['continuous' as const], scale: 'quick' as const, seeds: 1 };

/** A host whose store has every run of the table, stopped before its end: none is started anew, each is gone on with. */
function stoppedRuns() {
  const opened = bench();
  const ids = planOf('continuous', 'quick').rows.map(({ config }) => createRun(opened.workbench.store, { config, engine: 'compiled', device: 'cpu', versions: {} }));
  for (const id of ids) endRun(opened.workbench.store, id, { status: 'stopped', iteration: 5 });
  return { ...opened, ids };
}

it('leaving stops the reproduction first: no run that stops is the sign to go on with the next', async () => {
  const { client, host, workbench, trainers, ids } = stoppedRuns();
  const { work } = await client.request('reproduce.start', WISH);
  expect(work).toMatchObject({ scale: 'quick', done: 0 });
  await expect.poll(() => workbench.active).toHaveLength(2);
  await expect.poll(() => trainers.length).toBe(1);
  trainers[0]!.ready();
  const left = host.stopAll();
  // The one that waits gives up its place at once; the one that trains takes its time.
  await expect.poll(() => workbench.active).toEqual([ids[0]]);
  for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
  expect(workbench.active).toEqual([ids[0]]);
  trainers[0]!.end({ status: 'stopped', iteration: 6 });
  await left;
  expect(trainers).toHaveLength(1);
  expect(workbench.active).toEqual([]);
  expect((await client.request('reproduce.table', { table: 'continuous', scale: 'quick', seeds: 1 })).work).toBeNull();
});

it('one at a time: another wish is refused until the first is stopped', async () => {
  const { client, workbench, trainers } = stoppedRuns();
  await client.request('reproduce.start', WISH);
  await expect.poll(() => trainers.length).toBe(1);
  trainers[0]!.ready();
  expect((await refusalOf(client.request('reproduce.start', { ...WISH, tables: ['steps'] }))).code).toBe('reproduce.busy');
  const stopped = client.request('reproduce.stop', {});
  await expect.poll(() => trainers[0]!.sent.length).toBeGreaterThan(1);
  trainers[0]!.end({ status: 'stopped', iteration: 6 });
  expect(await stopped).toEqual({ work: null });
  expect(workbench.active).toEqual([]);
  expect((await client.request('reproduce.start', WISH)).work).not.toBeNull();
  await expect.poll(() => trainers.length).toBe(2);
});
