import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../../src-renderer/features/runs/query/parse.ts';
import { aRun } from './a-run.ts';

const NOW = new Date('2026-03-08T00:00:00').getTime();
const runs = [
  aRun({ id: 1, name: 'first try', tags: ['baseline'], lastLoss: 0.005 }),
  aRun({ id: 2, name: 'no replay', task: 'inverse', lastLoss: 0.5, seed: 3, changes: { rank: 20, replay_capacity: 0 }, star: true, references: [] }),
  aRun({ id: 3, name: 'wild one', status: 'diverged', lastLoss: NaN, nonFinite: true, lastError: { same: NaN, harder: null }, changes: { step_size: 1e4, rank: 8 } }),
  aRun({ id: 4, name: 'waiting', status: 'queued', lastLoss: null, startedAt: null, endedAt: null, createdAt: NOW, iteration: 0 }),
  aRun({ id: 5, name: 'old', archived: true, tags: ['Baseline', 'paper-3'] }),
];
const found = (text: string) => runs.filter((run) => parseQuery(text, NOW).matches(run)).map(({ id }) => id);

describe('a query finds', () => {
  it.each([
    ['', [1, 2, 3, 4]],
    ['   ', [1, 2, 3, 4]],
    ['archived', [5]],
    ['archived:any', [1, 2, 3, 4, 5]],
    ['-archived', [1, 2, 3, 4]],
    ['try', [1]],
    ['TRY first', [1]],
    ['"first try"', [1]],
    ['"try first"', []],
    ['-replay', [1, 3, 4]],
    ['"archived"', []],
    ['task:inverse', [2]],
    ['task:addition,inverse', [1, 2, 3, 4]],
    ['task!=addition', [2]],
    ['-task:addition', [2]],
    ['tag:baseline', [1]],
    ['tag:baseline archived', [5]],
    ['tag:pap* archived:any', [5]],
    ['tag:base', []],
    ['tag:none', [2, 3, 4]],
    ['name:re', [2]],
    ['name:*re*', [2]],
    ['name=old archived', [5]],
    ['status:running,queued', [4]],
    ['loss<0.01', [1]],
    ['loss<1e-2', [1]],
    ['loss>=0.5', [2]],
    ['loss:1e-3..1', [1, 2]],
    ['loss:..0.01', [1]],
    ['loss:nan', [3]],
    ['loss:none', [4]],
    ['-loss<0.01', [2, 3, 4]],
    ['nan', [3]],
    ['-nan starred', [2]],
    ['rank>=8', [2, 3]],
    ['rank:4,8', [1, 3, 4]],
    ['step_size>100', [3]],
    ['step_size:100', [1, 2, 4]],
    ['batch:512', [1, 2, 3, 4]],
    ['iterations>15k', [1, 2, 3, 4]],
    ['progress<100%', [4]],
    ['seed:3', [2]],
    ['learnable_step_size:false rank:20', [2]],
    ['engine:compiled/cpu rank:20', [2]],
    ['duration>80s', [1, 2, 3]],
    ['duration>2m', []],
    ['created:2026-03-07', [1, 2, 3]],
    ['created>2026-03-07', [4]],
    ['created<=2026-03-07', [1, 2, 3]],
    ['created>=2026-03-07T14:05 rank:20', [2]],
    ['age<1h', [4]],
    ['beats', []],
    ['-beats status:diverged', [3]],
    ['active', [4]],
    ['id:2', [2]],
  ])('%s', (text, ids) => {
    expect(parseQuery(text, NOW).problems).toEqual([]);
    expect(found(text)).toEqual(ids);
  });
});

describe('what is not understood is said and left out', () => {
  it.each([
    ['rnk>=8', 'did you mean rank?'],
    ['colour:red', 'there is no field “colour”'],
    ['task:adition', 'one of addition, lowrank, inverse, dataset'],
    ['status:done', 'one of queued, running'],
    ['task>addition', 'task takes : or !=, not >'],
    ['rank>=many', 'it takes a number'],
    ['rank>=', 'needs a value'],
    ['rank>=4,8', 'takes one value'],
    ['loss<1..2', 'a range takes :'],
    ['duration>long', 'it takes a time'],
    ['created>yesterday', 'it takes a day'],
    ['created:2026-13-99', 'it takes a day'],
    ['starred:maybe', 'stands by itself'],
    ['-', 'needs something after it'],
  ])('%s', (text, words) => {
    const query = parseQuery(`${text} seed:3`, NOW);
    expect(query.problems).toHaveLength(1);
    expect(query.problems[0]!.text).toBe(text);
    expect(query.problems[0]!.message).toContain(words);
    expect(found(`${text} seed:3`)).toEqual([2]);
  });
});

it('tells runs of a sweep apart by what is their own, whichever of them was looked at first', () => {
  const sweep = [11, 12, 110].map((seed) => aRun({ id: seed, name: `sweep ${seed}`, seed, changes: { rank: 8, seed, hidden: seed === 12 ? 64 : 128 } }));
  const among = (text: string) => sweep.filter((run) => parseQuery(text, NOW).matches(run)).map(({ id }) => id);
  expect([among('"rank 8"'), among('"seed 11"'), among('"sweep 12"'), among('"hidden 64"'), among('-"hidden 64"')]).toEqual([[11, 12, 110], [11, 110], [12], [12], [11, 110]]);
});

it('takes any text without throwing', () => {
  const piece = fc.oneof(fc.string(), fc.constantFrom('task', 'loss', ':', '<=', '"', '-', ' ', '*', '..', 'nan', '1e-3', 'created', ','));
  fc.assert(
    fc.property(fc.array(piece).map((pieces) => pieces.join('')), (text) => {
      const query = parseQuery(text, NOW);
      for (const run of runs) query.matches(run);
    }),
    { numRuns: 500 },
  );
});
