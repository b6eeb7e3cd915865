import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TrainerEvent, TrainerStart } from '../../../src-main/contract/events.ts';
import { resolveConfig } from '../../../src-main/contract/settings.ts';
import { TrainerOwner } from '../../../src-main/workbench/trainer-owner.ts';
import { FakeTrainer } from './fake-trainer.ts';

const START: TrainerStart = { folder: '/store', run: 7, engine: 'compiled', device: 'cpu', config: resolveConfig({}) };
const GRACE = 1000;

function pair() {
  const trainer = new FakeTrainer();
  return { trainer, owner: new TrainerOwner(trainer, START, GRACE) };
}

describe('TrainerOwner', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('goes from starting to ready to exited, with how the run ended', async () => {
    const { trainer, owner } = pair();
    expect(trainer.sent).toEqual([START]);
    expect(owner.state).toEqual({ name: 'starting' });
    trainer.ready();
    expect(owner.state).toEqual({ name: 'ready' });
    trainer.end({ status: 'finished', iteration: 10 });
    expect(await owner.finished).toEqual({ type: 'ended', status: 'finished', iteration: 10 });
    expect(owner.state).toMatchObject({ name: 'exited', ended: { status: 'finished' } });
  });

  it('passes every event on until unsubscribed', () => {
    const { trainer, owner } = pair();
    const heard: TrainerEvent['type'][] = [];
    const unsubscribe = owner.subscribe((event) => heard.push(event.type));
    trainer.ready();
    trainer.say({ type: 'metrics', series: [], last: 1 });
    unsubscribe();
    trainer.say({ type: 'metrics', series: [], last: 2 });
    expect(heard).toEqual(['ready', 'metrics']);
  });

  it('asks for a stop once, and waits for the end within the grace', async () => {
    const { trainer, owner } = pair();
    trainer.ready();
    const stopped = owner.stop();
    void owner.stop();
    expect(owner.state).toEqual({ name: 'stopping' });
    expect(trainer.sent.slice(1)).toEqual([{ type: 'stop' }]);
    vi.advanceTimersByTime(GRACE - 1);
    expect(trainer.killed).toBe(false);
    trainer.end({ status: 'stopped', iteration: 5 });
    expect(await stopped).toMatchObject({ status: 'stopped', iteration: 5 });
    vi.advanceTimersByTime(GRACE);
    expect(trainer.killed).toBe(false);
  });

  it('does not take "ready" for an answer while stopping', () => {
    const { trainer, owner } = pair();
    void owner.stop();
    trainer.ready();
    expect(owner.state).toEqual({ name: 'stopping' });
  });

  it('kills a trainer that does not stop within the grace', async () => {
    const { trainer, owner } = pair();
    trainer.ready();
    const stopped = owner.stop();
    vi.advanceTimersByTime(GRACE);
    expect(trainer.killed).toBe(true);
    await expect(stopped).rejects.toMatchObject({ code: 'trainer.crashed', message: expect.stringContaining('did not stop within 1 s') as string });
    expect(owner.state).toMatchObject({ name: 'crashed' });
  });

  it('kills a process that lingers after it told the end, and believes what it told', async () => {
    const { trainer, owner } = pair();
    trainer.say({ type: 'ended', status: 'finished', iteration: 3 });
    vi.advanceTimersByTime(GRACE);
    expect(trainer.killed).toBe(true);
    expect(await owner.finished).toMatchObject({ status: 'finished' });
  });

  it('names the signal and the last words of a crash', async () => {
    const { trainer, owner } = pair();
    trainer.ready();
    trainer.exit({ code: null, signal: 'SIGSEGV', lastWords: 'onnxruntime: boom' });
    await expect(owner.finished).rejects.toMatchObject({ code: 'trainer.crashed', message: 'The trainer of run 7 was ended by SIGSEGV; its last words: onnxruntime: boom' });
    expect(owner.state).toMatchObject({ name: 'crashed', reason: expect.stringContaining('SIGSEGV') as string });
  });

  it('tells an unexpected exit code and a process that never started', async () => {
    const unexpected = pair();
    unexpected.trainer.exit({ code: 12, signal: null });
    await expect(unexpected.owner.finished).rejects.toThrow('exit code 12');
    const never = pair();
    never.trainer.exit({ code: null, signal: null, lastWords: 'spawn ENOENT' });
    await expect(never.owner.finished).rejects.toThrow('could not be started; its last words: spawn ENOENT');
  });

  it('answers with the copy of the replay buffer that is stored, and refuses when the trainer dies first', async () => {
    const { trainer, owner } = pair();
    const requests = [owner.replay(), owner.replay()];
    expect(trainer.sent.slice(1)).toEqual([{ type: 'replay' }, { type: 'replay' }]);
    trainer.say({ type: 'replay', iteration: 4 });
    expect((await Promise.all(requests)).map(({ iteration }) => iteration)).toEqual([4, 4]);
    const waiting = owner.replay();
    trainer.exit({ code: null, signal: 'SIGKILL' });
    await expect(waiting).rejects.toMatchObject({ code: 'trainer.crashed', message: expect.stringContaining('SIGKILL') as string });
    await expect(owner.replay()).rejects.toMatchObject({ code: 'trainer.crashed' });
  });

  it('answers every waiting request with the checkpoint that is made', async () => {
    const { trainer, owner } = pair();
    const requests = [owner.checkpoint(), owner.checkpoint()];
    trainer.say({ type: 'checkpoint', iteration: 4, file: 'f', best: false });
    expect(await Promise.all(requests)).toMatchObject([{ iteration: 4 }, { iteration: 4 }]);
  });

  it('rejects requests that wait on a trainer that dies, and those made after', async () => {
    const { trainer, owner } = pair();
    const waiting = owner.checkpoint();
    trainer.exit({ code: 1, signal: null });
    await expect(waiting).rejects.toMatchObject({ code: 'trainer.crashed' });
    await expect(owner.checkpoint()).rejects.toMatchObject({ code: 'trainer.crashed' });
    await expect(owner.stop()).rejects.toMatchObject({ code: 'trainer.crashed' });
  });

  it('rejects requests that wait on a trainer that ends well', async () => {
    const { trainer, owner } = pair();
    const waiting = owner.checkpoint();
    trainer.end({ status: 'finished', iteration: 1 });
    await expect(waiting).rejects.toMatchObject({ code: 'trainer.gone' });
    expect(await owner.stop()).toMatchObject({ status: 'finished' });
  });

  it('kills on request', async () => {
    const { trainer, owner } = pair();
    trainer.ready();
    owner.kill();
    expect(trainer.killed).toBe(true);
    await expect(owner.finished).rejects.toThrow('was killed on request');
  });
});
