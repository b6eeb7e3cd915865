import { BasinError, toErrorData } from '../contract/errors.ts';
import type { ReproductionWork } from '../contract/api/reproduce.ts';
import { REPRODUCTION_TAG, type ReproductionTableName, type Scale } from '../contract/reproduction.ts';
import type { RunConfig } from '../contract/config.ts';
import type { RunRow } from '../workbench/library.ts';
import type { Workbench } from '../workbench/workbench.ts';
import { evaluationOf, runsBySignature, signatureOf } from './find.ts';
import { planOf, type PlannedRow } from './plan.ts';
import { optionsFor } from './table.ts';

/** What to reproduce. */
export interface Wish {
  readonly tables: readonly ReproductionTableName[];
  readonly scale: Scale;
  /** From 0. */
  readonly seeds: number;
}

/** Tests a run's last checkpoint with these options and keeps the result in the store. */
export type Test = (run: RunRow, options: ReturnType<typeof optionsFor>) => Promise<void>;

export interface WorkOptions {
  readonly test: Test;
  /** Trains nothing: what there is is tested, as far as it got. */
  readonly evaluateOnly?: boolean;
  /** What tables are made of: the paper's unless given. */
  readonly plans?: typeof planOf;
  /** Ends the work: what trains is stopped with a checkpoint. */
  readonly signal: AbortSignal;
  /** Hears of each change. */
  readonly changed: (work: NonNullable<ReproductionWork>) => void;
}

/** A run to be had, and how it is tested. */
interface Job {
  readonly label: string;
  readonly config: RunConfig;
  readonly signature: string;
  readonly tests: ReturnType<typeof optionsFor>[];
}

/**
 * Trains what a reproduction misses and tests it; what is done already is skipped, what was interrupted goes on. A run that diverges or
 * fails is left as it is, and the others go on.
 *
 * Small runs go two at a time: two on a thread each are through sooner than one on two.
 *
 * @returns what failed, in words
 * @throws BasinError `reproduce.stopped` once the signal has come
 */
export async function work(workbench: Workbench, wish: Wish, { test, evaluateOnly = false, plans = planOf, signal, changed }: WorkOptions): Promise<string[]> {
  const jobs = jobsOf(wish, plans);
  const waiting = [...jobs];
  const doing = new Map<Job, { run: number | null; text: string }>();
  const failures: string[] = [];
  let done = 0;
  const aborted = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));
  // Where nobody races with it, being stopped is no error of its own.
  aborted.catch(() => undefined);
  const tell = (job: Job, now: { run: number | null; text: string } | null) => {
    if (now) doing.set(job, now);
    else doing.delete(job);
    changed({ ...wish, tables: [...wish.tables], done, total: jobs.length, doing: [...doing.values()] });
  };
  const one = async (job: Job): Promise<void> => {
    const found = runsBySignature(workbench, [job.config]).get(job.signature);
    const run = evaluateOnly ? found : await train(workbench, job, found, signal, (row, text) => tell(job, { run: row, text }));
    if (!run || run.status === 'diverged') return;
    if (run.status === 'running') return void failures.push(`Run ${run.id} (${run.name}) is trained by another process: wait for it, or stop it`);
    if (run.status === 'failed') return void failures.push(`Run ${run.id} (${run.name}) failed at iteration ${run.iteration}: ${run.error?.message ?? 'no reason given'}`);
    if (workbench.lastCheckpoint(run.id) === undefined) return;
    for (const options of job.tests) {
      signal.throwIfAborted();
      if (evaluationOf(workbench.storedEvaluations([run.id]), run.id, options)?.iteration === workbench.lastCheckpoint(run.id)) continue;
      tell(job, { run: run.id, text: `Testing ${job.label}` });
      // A test may take minutes: whoever stops does not wait for it, and what it finds is kept if there is still a store.
      await Promise.race([test(run, options), aborted]);
    }
  };
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const job = next;
      signal.throwIfAborted();
      await one(job).catch((error: unknown) => {
        if (signal.aborted) throw error;
        failures.push(`${job.label}: ${toErrorData(error).message}`);
      });
      done++;
      tell(job, null);
    }
  };
  const workers = Array.from({ length: wish.scale === 'quick' && !evaluateOnly ? 2 : 1 }, worker);
  // All have come to their end before anything is said: a run that still trains would go on unseen.
  const ends = await Promise.allSettled(workers);
  if (signal.aborted) throw new BasinError('reproduce.stopped', 'The reproduction was stopped: what trained keeps its checkpoint, and the next one goes on from there', { kind: 'operational' });
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return failures;
}

/** Each run once, whichever tables want it. */
function jobsOf({ tables, scale, seeds }: Wish, plans: typeof planOf): Job[] {
  const jobs = new Map<string, Job>();
  const add = (row: PlannedRow, test: ReturnType<typeof optionsFor>, seed: number) => {
    const config = { ...row.config, seed };
    const signature = signatureOf(config);
    const job = jobs.get(signature);
    if (!job) return void jobs.set(signature, { label: `${row.label} on ${config.task}${seeds > 1 ? `, seed ${seed}` : ''}`, config, signature, tests: [test] });
    if (!job.tests.some((known) => JSON.stringify(known) === JSON.stringify(test))) job.tests.push(test);
  };
  // The first seed of every row comes first: a table is whole, if with one seed, as soon as may be.
  for (let seed = 0; seed < seeds; seed++) {
    for (const name of new Set(tables)) {
      const plan = plans(name, scale);
      for (const row of plan.rows) add(row, optionsFor(plan, row, scale), seed);
    }
  }
  return [...jobs.values()];
}

/** Has a run trained to its end. @returns its row then */
async function train(workbench: Workbench, { config, label }: Job, found: RunRow | undefined, signal: AbortSignal, tell: (run: number | null, text: string) => void): Promise<RunRow> {
  if (found && (found.status === 'finished' || found.status === 'diverged')) return found;
  const here = found !== undefined && workbench.active.includes(found.id);
  if (found?.status === 'running' && !here) return found;
  tell(found?.id ?? null, `${found ? 'Going on with' : 'Starting'} ${label}`);
  const run = here ? found : found ? await workbench.resume(String(found.id)) : await workbench.start({ changes: config, name: label, tags: [REPRODUCTION_TAG] });
  tell(run.id, `Training ${label}`);
  const stop = () => void workbench.stop(String(run.id)).catch(() => undefined);
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    return await workbench.finished(run.id);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
