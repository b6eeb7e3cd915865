import { describe, expect, it } from 'vitest';
import { absence } from '../../../../src-renderer/features/replay/absence.ts';

const config = { replay_capacity: 100, replay_fraction: 0.5, replay_store_every: 1000 };
const why = (run: Parameters<typeof absence>[0], changes: Partial<typeof config> = {}) => absence(run, { ...config, ...changes }, String);
const running = { status: 'running', iteration: 1204, iterations: 5000 } as const;

describe('a run without a copy of its buffer', () => {
  it('says that replay was off, and by which setting', () => {
    expect(why(running, { replay_capacity: 0 })).toMatchObject({ title: 'This run has no replay buffer', canCopy: false });
    expect(why(running, { replay_capacity: 0 }).text).toMatch(/replay_capacity = 0/);
    expect(why(running, { replay_fraction: 0 }).text).toMatch(/replay_fraction = 0/);
  });

  it('says when the next copy comes, and offers one now', () => {
    expect(why(running)).toMatchObject({ canCopy: true, text: expect.stringContaining('at iteration 2000') as string });
    expect(why({ ...running, iteration: 4500 }).text).toMatch(/at its end \(iteration 5000\)/);
    expect(why(running, { replay_store_every: 0 }).text).toMatch(/at its end \(iteration 5000\)/);
  });

  it('says that it waits, or ended too early', () => {
    expect(why({ ...running, status: 'queued' }).title).toBe('This run has not started');
    expect(why({ ...running, status: 'interrupted' })).toMatchObject({ canCopy: false, text: expect.stringContaining('ended (interrupted)') as string });
  });
});
