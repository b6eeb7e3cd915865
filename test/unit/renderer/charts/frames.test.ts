import { beforeEach, expect, it, vi } from 'vitest';
import { inFrame } from '../../../../src-renderer/charts/plot/frames.ts';

let frames: (() => void)[] = [];
let now = 0;

beforeEach(() => {
  frames = [];
  now = 0;
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => frames.push(run));
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});

/** The next frame, at a time. @returns how many jobs it did */
function frameAt(time: number, done: readonly number[]): number {
  now = time;
  const before = done.length;
  frames.shift()!();
  return done.length - before;
}

/** Jobs of so many ms each, all due together. */
function due(count: number, ms: number): number[] {
  const done: number[] = [];
  for (let k = 0; k < count; k++) inFrame(() => (done.push(k), (now += ms)));
  return done;
}

it('spreads what became due together, in order', () => {
  const done = due(6, 4);
  expect([frameAt(0, done), frameAt(17, done), frames.length]).toEqual([2, 3, 1]);
  expect([frameAt(33, done), frames.length]).toEqual([1, 0]);
  expect(done).toEqual([0, 1, 2, 3, 4, 5]);
});

it('does more in a frame where frames are long, and begins anew afterwards', () => {
  const first = due(12, 4);
  expect([frameAt(0, first), frameAt(80, first), frames.length]).toEqual([2, 10, 0]);
  const later = due(6, 4);
  expect(frameAt(1000, later)).toBe(2);
  while (frames.length > 0) frameAt(now + 17, later);
});

it('does each job once a frame, and none that was taken back', () => {
  const job = vi.fn();
  inFrame(job);
  inFrame(job);
  inFrame(() => undefined)();
  const taken = vi.fn();
  inFrame(taken)();
  frameAt(0, []);
  expect([job.mock.calls.length, taken.mock.calls.length, frames.length]).toEqual([1, 0, 0]);
});
