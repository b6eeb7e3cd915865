import { REQUESTS, type RequestName } from '../contract/api/index.ts';
import type { Host, Push } from '../contract/channel/host.ts';
import type { Answer } from '../contract/channel/message.ts';
import { REPRODUCTION_TAG } from '../contract/reproduction.ts';
import { BasinError, toErrorData } from '../contract/errors.ts';
import type { Workbench } from '../workbench/workbench.ts';
import type { Context, HostKind, Shell } from './context.ts';
import { handlersFor } from './handlers/index.ts';
import { Changes } from './live/changes.ts';
import { Fanout } from './live/fanout.ts';
import { LoadWatch } from './live/machine-load.ts';
import { Models } from './models/owner.ts';
import { noticeOfEnd } from './notices.ts';
import { oneAtATime } from '../workbench/one-at-a-time.ts';
import { Preferred } from './preferred.ts';
import { Problems } from './problems.ts';
import { badInput, checkShape, unknownRequest } from './refusals.ts';
import { Reproduction } from './reproduction.ts';
import { evaluateAndKeep } from './models/evaluations.ts';
import { testWith } from '../reproduction/testing.ts';
import { Session } from './session.ts';

export type { HostKind, Shell } from './context.ts';

export interface HostOptions {
  readonly workbench: Workbench;
  readonly kind: HostKind;
  readonly shell?: Shell;
}

/** What every host puts behind its transports: it answers requests and tells clients what happens. */
export interface WorkbenchHost extends Host {
  /** Tells every client something of the window: a menu's command, a deep link. */
  command(command: string, argument?: string): void;
  /** Stops what trains, each run with a checkpoint, and what would start more. Settles when no trainer is left. */
  stopAll(): Promise<void>;
  /** Ends what it watches and closes opened models. The workbench is its maker's to close. */
  close(): void;
}

/** The host of a workbench. One is enough for any number of clients. */
export function createHost({ workbench, kind, shell = {} }: HostOptions): WorkbenchHost {
  const sessions = new Set<Session>();
  const failed = (error: unknown) => {
    const { message } = toErrorData(error);
    for (const { outbox } of sessions) outbox.say('notice', { level: 'error', title: 'The store cannot be read', text: message });
  };
  const fanout = new Fanout(workbench, sessions, failed);
  const preferred = new Preferred(workbench.store);
  workbench.concurrency = preferred.now.concurrency;
  const load = new LoadWatch((measured) => {
    for (const session of sessions) if (session.followed.size > 0) session.outbox.say('machine.load', measured);
  });
  const changes = new Changes(workbench.store, () => workbench.active, {
    changed: (runs, removed) => {
      for (const { outbox } of sessions) outbox.runs(runs, removed);
    },
    ended: (run) => {
      // Of a reproduction's many runs one is told of when it did not go well; that all are through is told once.
      if (run.status === 'finished' && run.tags.includes(REPRODUCTION_TAG)) return;
      const notice = noticeOfEnd(workbench.store, run);
      for (const { outbox } of sessions) outbox.say('notice', notice);
    },
    others: () => {
      fanout.readStore();
      if (preferred.refresh()) {
        workbench.concurrency = preferred.now.concurrency;
        for (const { outbox } of sessions) outbox.say('preferences.changed', { preferences: preferred.now });
      }
    },
    failed,
  });
  const models = new Models(workbench.folder);
  const everyone: Push = (name, payload) => {
    for (const { outbox } of sessions) outbox.say(name, payload);
  };
  const reproduction = new Reproduction({
    workbench,
    test: testWith(workbench, {
      evaluate: (run, { steps, problems, harder, checkpoint }) => evaluateAndKeep(models, workbench, { run, checkpoint, steps: [...steps], problems, harder }),
      nested: (run, options) => models.ask('nested', { run, ...options }),
    }),
    changed: (work) => {
      changes.poke();
      everyone('reproduce.changed', { work });
    },
    notice: (notice) => everyone('notice', notice),
  });
  const context: Context = { kind, workbench, shell, changes, fanout, load, preferred, models, problems: new Problems(models), reproduction, sessions, heavy: oneAtATime() };
  const handlers = handlersFor(context);
  const unwatch = workbench.watch(() => changes.poke());
  const unsubscribe = workbench.subscribe((_, { type }) => {
    if (type !== 'metrics' && type !== 'log') changes.poke();
  });
  changes.start();

  async function answer(session: Session, name: unknown, input: unknown): Promise<Answer> {
    try {
      if (session.closed) throw new BasinError('host.gone', 'This connection to the host was closed: connect again', { kind: 'operational' });
      if (typeof name !== 'string' || !Object.hasOwn(REQUESTS, name)) throw unknownRequest(name);
      checkShape(name, input);
      const parsed = REQUESTS[name as RequestName].input.safeParse(input);
      if (!parsed.success) throw badInput(name, input, parsed.error);
      return { ok: true, output: await handlers[name as RequestName](parsed.data as never, session) };
    } catch (error) {
      return { ok: false, error: toErrorData(error) };
    }
  }

  return {
    open(push, options) {
      const session = new Session(push, options);
      sessions.add(session);
      return {
        handle: (name, input) => answer(session, name, input),
        close: () => {
          session.close();
          sessions.delete(session);
          fanout.update();
          load.wanted = [...sessions].some(({ followed }) => followed.size > 0);
        },
      };
    },
    command: (command, argument) => {
      for (const { outbox } of sessions) outbox.say('shell.command', argument === undefined ? { command } : { command, argument });
    },
    async stopAll() {
      // First: it would take each run that stops as the sign to start the next.
      const stopped = reproduction.stop();
      await workbench.stopAll();
      await stopped;
    },
    close() {
      void reproduction.stop();
      unwatch();
      unsubscribe();
      changes.stop();
      fanout.close();
      load.close();
      for (const session of sessions) session.close();
      sessions.clear();
      models.close();
    },
  };
}
