import { expect, it } from 'vitest';
import { firstOf, readLastKnown, writeLastKnown, type LastKnown } from '../../../../src-renderer/stores/last-known.ts';
import { aRun } from '../runs/a-run.ts';

const KNOWN: LastKnown = {
  store: 'ab12',
  at: 1000,
  total: 9,
  runs: [aRun({ id: 2, lastLoss: NaN, lastError: { same: Infinity, harder: -Infinity }, name: 'NaN', bestError: null })],
  preferences: { theme: 'dark', concurrency: 2, digits: 4, thousands: 'space', notifications: false, welcomed: true },
  layout: { 'runs.columns': { order: ['id'] } },
};
const TEXT = writeLastKnown(KNOWN);

it('what was kept comes back as it was, NaN and infinities included', () => {
  expect(readLastKnown(TEXT, 'ab12')).toEqual(KNOWN);
});

it('another store’s is never read', () => {
  expect(readLastKnown(TEXT, 'ab13')).toBeUndefined();
  expect(readLastKnown(TEXT, undefined)).toBeUndefined();
  expect(readLastKnown(writeLastKnown({ ...KNOWN, store: '' }), '')).toBeUndefined();
});

it.each([null, '', '{', 'null', '[]', '{"store":"ab12"}', TEXT.slice(0, -20), TEXT.replace('"total":9', '"total":-1'), TEXT.replace('"status":', '"state":'), TEXT.replace('"theme":"dark"', '"theme":"pink"')])('a text that is none counts as nothing: %.40s', (text) => {
  expect(readLastKnown(text, 'ab12')).toBeUndefined();
});

it('keeps the first in the person’s order and then the newest, each once', () => {
  const newest = Array.from({ length: 200 }, (_, i) => aRun({ id: 200 - i }));
  const kept = firstOf([5, 999, 200, ...newest.map(({ id }) => id).reverse()], newest).map(({ id }) => id);
  expect(kept.slice(0, 4)).toEqual([5, 200, 1, 2]);
  expect(kept).toHaveLength(new Set(kept).size);
  expect(kept.length).toBeLessThanOrEqual(120);
  expect(kept).toContain(199);
  expect(kept).not.toContain(100);
});
