import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore, openStoreReadonly } from '../../../db/open.ts';
import { claimRun, createRun } from '../../../db/runs.ts';
import { writeSeries } from '../../../db/series.ts';
import { resolveConfig } from '../../../src-main/contract/settings.ts';
import { Library, openLibrary } from '../../../src-main/workbench/library.ts';
import { newFolder, refusal } from './sandbox.ts';

const RUN = { config: resolveConfig({}), engine: 'compiled', device: 'cpu', versions: {} };

function library(fill: (store: ReturnType<typeof openStore>) => void) {
  const folder = newFolder();
  const store = openStore(folder);
  fill(store);
  store.close();
  const opened = openLibrary(folder);
  onTestFinished(() => opened.close());
  return opened;
}

describe('openLibrary', () => {
  it('refuses a folder without a store, and makes none', async () => {
    const folder = newFolder();
    expect((await refusal(() => openLibrary(folder))).code).toBe('store.missing');
    expect((await refusal(() => openLibrary(folder))).code).toBe('store.missing');
  });

  it('marks runs interrupted whose process is gone', () => {
    // No process has this number: Linux stops at 2²².
    const opened = library((store) => claimRun(store, createRun(store, RUN), 2 ** 30));
    expect(opened.list()).toMatchObject([{ status: 'interrupted' }]);
  });
});

describe('show', () => {
  it('has the newest value of every metric, NaN included', () => {
    const opened = library((store) => {
      const run = createRun(store, { ...RUN, name: 'one' });
      writeSeries(store, run, [{ metric: 'loss', first: 1, values: Float64Array.of(3, 1, NaN) }, { metric: 'ms', first: 1, values: Float64Array.of(5, 7) }]);
    });
    expect(opened.show('one').metrics).toMatchObject([{ metric: 'loss', newest: NaN, min: 1, max: 3, nonFinite: 1 }, { metric: 'ms', newest: 7 }]);
  });

  it('names a run that is not there', async () => {
    const opened = library(() => undefined);
    expect((await refusal(() => opened.show('nobody'))).message).toContain('"nobody"');
  });
});

it('keeps evaluations where the store may be written, and says where it may not', () => {
  const folder = newFolder();
  const store = openStore(folder);
  const run = createRun(store, RUN);
  store.close();
  const evaluation = { run, iteration: 5, options: { steps: [1] }, result: { error: NaN }, at: 7 };
  const reading = new Library(openStoreReadonly(folder));
  onTestFinished(() => reading.close());
  expect([reading.keepEvaluation(evaluation), reading.evaluations([run])]).toEqual([false, []]);
  const opened = openLibrary(folder);
  onTestFinished(() => opened.close());
  expect([opened.keepEvaluation(evaluation), opened.evaluations([run])]).toEqual([true, [evaluation]]);
});
