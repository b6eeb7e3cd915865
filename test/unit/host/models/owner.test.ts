import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Program, ProgramExit } from '../../../../src-main/programs/program.ts';
import { Models } from '../../../../src-main/host/models/owner.ts';
import type { FromModels, ToModels } from '../../../../src-main/host/models/protocol.ts';
import { refusalOf } from '../../../support/refusal.ts';
import { tiny } from '../../trainer/sandbox.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** The process that holds models, played by the test. */
class FakeModels implements Program<ToModels, FromModels> {
  readonly pid = 4712;
  readonly sent: ToModels[] = [];
  killed = false;
  say: (message: FromModels) => void = () => undefined;
  exit: (exit: ProgramExit) => void = () => undefined;

  send(message: ToModels): void {
    this.sent.push(message);
  }

  onMessage(listener: (message: FromModels) => void): void {
    this.say = listener;
  }

  onExit(listener: (exit: ProgramExit) => void): void {
    this.exit = listener;
  }

  kill(): void {
    this.killed = true;
  }
}

function setUp() {
  const started: FakeModels[] = [];
  const models = new Models('/store', { start: () => (started.push(new FakeModels()), started.at(-1)!), idleMs: 1000 });
  const ask = () => models.ask('problem', tiny());
  return { models, started, ask };
}

it('starts its process with the first request, and gives each its own answer', async () => {
  const { started, ask } = setUp();
  expect(started).toEqual([]);
  const [first, second] = [ask(), ask()];
  const [process] = started as [FakeModels];
  expect(process.sent).toMatchObject([{ folder: '/store' }, { id: 1, name: 'problem' }, { id: 2 }]);
  process.say({ id: 2, value: 'two' });
  process.say({ id: 1, error: { name: 'BasinError', code: 'file.missing', kind: 'user', message: 'not there' } });
  expect(await second).toBe('two');
  expect(await refusalOf(first)).toMatchObject({ code: 'file.missing', kind: 'user' });
  expect(started).toHaveLength(1);
});

it('refuses what waits when the process dies, says why, and starts another for the next request', async () => {
  const { started, ask } = setUp();
  const waiting = [ask(), ask()];
  started[0]!.exit({ code: null, signal: 'SIGSEGV', lastWords: 'libonnxruntime.so' });
  for (const each of waiting) expect(await refusalOf(each)).toMatchObject({ code: 'models.crashed', kind: 'operational', message: expect.stringMatching(/SIGSEGV.*libonnxruntime\.so.*untouched/) as string });
  const again = ask();
  started[1]!.say({ id: 3, value: 'back' });
  expect(await again).toBe('back');
});

it('ends its process when nobody has asked for a while, never while someone waits', async () => {
  const { started, ask, models } = setUp();
  const waiting = ask();
  vi.advanceTimersByTime(5000);
  expect(started[0]!.killed).toBe(false);
  started[0]!.say({ id: 1, value: 1 });
  await waiting;
  vi.advanceTimersByTime(900);
  const second = ask();
  vi.advanceTimersByTime(900);
  started[0]!.say({ id: 2, value: 1 });
  await second;
  vi.advanceTimersByTime(1100);
  expect(started[0]!.killed).toBe(true);
  started[0]!.exit({ code: null, signal: 'SIGKILL', lastWords: '' });
  expect(models.pid).toBeUndefined();
  const third = ask();
  started[1]!.say({ id: 3, value: 3 });
  expect(await third).toBe(3);
});

it('refuses what waits when it is closed', async () => {
  const { started, ask, models } = setUp();
  const waiting = ask();
  models.close();
  expect(started[0]!.killed).toBe(true);
  expect(await refusalOf(waiting)).toMatchObject({ code: 'models.closed' });
});
