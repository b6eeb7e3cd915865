import { expect, it } from 'vitest';
import { readLog, writeLog } from '../../../db/log.ts';
import { newRun, newStore } from './helpers.ts';

it('a log is read in order, from where one stopped, a page at a time', () => {
  const store = newStore();
  const [run, other] = [newRun(store), newRun(store)];
  const before = Date.now();
  for (let i = 0; i < 5; i++) writeLog(store, i === 2 ? other : run, { iteration: i, level: i === 4 ? 'error' : 'info', message: `line ${i}` });
  const lines = readLog(store, run);
  expect(lines.map(({ iteration, level, message }) => [iteration, level, message])).toEqual([[0, 'info', 'line 0'], [1, 'info', 'line 1'], [3, 'info', 'line 3'], [4, 'error', 'line 4']]);
  expect(lines[0]!.at).toBeGreaterThanOrEqual(before);
  expect(readLog(store, run, { after: lines[1]!.id, limit: 1 })).toEqual([lines[2]]);
  expect(readLog(store, run, { after: lines[3]!.id })).toEqual([]);
});
