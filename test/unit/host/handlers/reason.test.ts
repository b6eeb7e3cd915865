import { expect, it } from 'vitest';
import { createRun } from '../../../../db/runs.ts';
import { resolveConfig } from '../../../../src-main/contract/settings.ts';
import { bench } from '../pair.ts';

it('a page is told of evaluations, and of no other tests that the store keeps beside them', async () => {
  const { workbench, client } = bench();
  const run = createRun(workbench.store, { config: resolveConfig({}), engine: 'compiled', device: 'cpu', versions: {} });
  const result = { run, iteration: 5, stepSize: 1, results: [{ difficulty: 'same', problems: 3, steps: [{ updates: 5000, error: NaN, low: 0, high: 1, quantiles: [0, 0, 0, 0, 0] }], references: [] }] };
  // A terminal may ask for more updates and problems than a page.
  const options = { checkpoint: 'last', steps: [5000], problems: 500_000, harder: false };
  workbench.keepEvaluation({ run, iteration: 5, options, result, at: 1 });
  workbench.keepEvaluation({ run, iteration: 5, options: { kind: 'nested', matrices: 10 }, result: { points: [] }, at: 2 });
  expect(await client.request('runs.evaluations', { runs: [run] })).toEqual({ evaluations: [{ ...result, options, at: 1 }] });
});
