import { describe, expect, it } from 'vitest';
import { FrameQueue } from '../../../../src-renderer/features/live/charts/FrameQueue.ts';

/** Frames that come when the test says so. */
function handFrames() {
  const asked: (() => void)[] = [];
  const frame = () => {
    const now = asked.splice(0);
    for (const act of now) act();
    return now.length;
  };
  return { ask: (act: () => void) => void asked.push(act), frame };
}

describe('one drawing a frame', () => {
  it('takes turns in the order of asking, each once', () => {
    const { ask, frame } = handFrames();
    const queue = new FrameQueue(ask);
    const done: string[] = [];
    const [a, b] = ['a', 'b'].map((name) => () => void done.push(name)) as [() => void, () => void];
    queue.add(a);
    queue.add(b);
    queue.add(a);
    frame();
    expect(done).toEqual(['a']);
    queue.add(a);
    frame();
    frame();
    expect(done).toEqual(['a', 'b', 'a']);
    expect(frame()).toBe(0);
  });

  it('asks for no frame while nothing waits, and forgets what is removed', () => {
    const { ask, frame } = handFrames();
    const queue = new FrameQueue(ask);
    expect(frame()).toBe(0);
    const job = () => {
      throw new Error('removed jobs are not done');
    };
    queue.add(job);
    queue.remove(job);
    expect(frame()).toBe(1);
    expect(frame()).toBe(0);
  });
});
