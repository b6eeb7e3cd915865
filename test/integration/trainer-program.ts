import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { WriteStore } from '../../db/open.ts';
import { createRun, getRun } from '../../db/runs.ts';
import type { RunConfig } from '../../src-main/contract/config.ts';
import type { TrainerCommand, TrainerEvent, TrainerStart } from '../../src-main/contract/events.ts';
import { resolveConfig } from '../../src-main/contract/settings.ts';
import { entryUrl } from '../../src-main/entries.ts';

const WAIT_MS = 120_000;

/** A trainer's program as its owner has it: a process of its own. */
export class TrainerProgram {
  readonly events: { readonly at: number; readonly event: TrainerEvent }[] = [];
  readonly child: ChildProcess;
  private readonly exit: Promise<unknown[]>;
  private readonly listeners = new Set<() => void>();

  /** @param shell what precedes the program, such as a limit on the size of files @param program another one than the trainer itself */
  constructor(start: TrainerStart, { shell = '', program = fileURLToPath(entryUrl('trainer')) } = {}) {
    this.child = spawn('sh', ['-c', `${shell} exec "$0" "$1"`, process.execPath, program], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], serialization: 'advanced' });
    // The channel closes when its last message is read, which may be before or after the process ends.
    this.exit = Promise.all([once(this.child, 'exit'), once(this.child, 'disconnect')]).then(([exit]) => exit as unknown[]);
    this.child.on('message', (event: TrainerEvent) => {
      this.events.push({ at: performance.now(), event });
      for (const listener of this.listeners) listener();
    });
    onTestFinished(() => void this.child.kill('SIGKILL'));
    this.child.send(start);
  }

  get pid(): number {
    return this.child.pid!;
  }

  command(command: TrainerCommand): void {
    this.child.send(command);
  }

  /** The last iteration that it told of. */
  get last(): number {
    return this.events.reduce((last, { event }) => (event.type === 'metrics' ? event.last : last), 0);
  }

  get ended(): Extract<TrainerEvent, { type: 'ended' }> | undefined {
    return this.events.map(({ event }) => event).find((event) => event.type === 'ended');
  }

  /** Resolves when an event makes `fact` true, or the process is gone. */
  async until(fact: () => boolean): Promise<void> {
    const happened = new Promise<void>((resolve) => {
      const look = () => {
        if (fact()) resolve();
      };
      this.listeners.add(look);
      look();
    });
    await Promise.race([happened, this.exit, timeout()]);
  }

  /** Waits for the end of the process. @returns its exit code, or the signal that ended it */
  async gone(): Promise<unknown> {
    const [code, signal] = await Promise.race([this.exit, timeout()]);
    return signal ?? code;
  }
}

function timeout(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`nothing happened for ${WAIT_MS / 1000} s`)), WAIT_MS).unref();
  });
}

/** A run of small matrices: an iteration takes about a millisecond. */
export const small = (changes: Partial<RunConfig> = {}): RunConfig =>
  resolveConfig({ rank: 3, hidden: 16, batch: 16, steps: 4, step_size: 10, learning_rate: 1e-3, replay_capacity: 300, probe_problems: 8, probe_steps: 8, checkpoint_every: 0, probe_every: 0, replay_store_every: 0, ...changes });

export const newRun = (store: WriteStore, config: RunConfig): number => createRun(store, { config, engine: 'compiled', device: 'cpu', versions: {} });

export const startOf = (store: WriteStore, run: number): TrainerStart => {
  const { engine, device, config } = getRun(store, run);
  return { folder: store.folder, run, engine, device, config };
};

export const launch = (store: WriteStore, run: number, options: ConstructorParameters<typeof TrainerProgram>[1] = {}): TrainerProgram => new TrainerProgram(startOf(store, run), options);
