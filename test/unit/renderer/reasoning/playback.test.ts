import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, ref } from 'vue';
import { usePlayback } from '../../../../src-renderer/features/reasoning/usePlayback.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('playing a walk', () => {
  const setup = (count: number) => {
    const steps = ref(count);
    const scope = effectScope();
    return { steps, scope, playback: scope.run(() => usePlayback(steps))! };
  };

  it('shows the last step, also when the walk gets longer, until a person moves it', async () => {
    const { steps, playback } = setup(20);
    expect(playback.step.value).toBe(20);
    steps.value = 40;
    expect(playback.step.value).toBe(40);
    playback.step.value = 5;
    steps.value = 80;
    expect(playback.step.value).toBe(5);
    steps.value = 3;
    await vi.advanceTimersByTimeAsync(0);
    expect(playback.step.value).toBe(3);
  });

  it('plays from the start to the end and stops there', () => {
    const { playback } = setup(10);
    playback.toggle();
    expect([playback.step.value, playback.playing.value]).toEqual([0, true]);
    vi.advanceTimersByTime(400 * 3);
    expect(playback.step.value).toBe(3);
    vi.advanceTimersByTime(400 * 20);
    expect([playback.step.value, playback.playing.value]).toEqual([10, false]);
  });

  it('goes on from where it was paused, and stops with its page', () => {
    const { scope, playback } = setup(10);
    playback.toggle();
    vi.advanceTimersByTime(400 * 2);
    playback.toggle();
    vi.advanceTimersByTime(4000);
    expect([playback.step.value, playback.playing.value]).toEqual([2, false]);
    playback.toggle();
    scope.stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});
