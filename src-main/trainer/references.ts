import { Worker } from 'node:worker_threads';
import type { TrivialReference } from '../contract/api/shapes.ts';
import type { RunConfig } from '../contract/config.ts';
import { fromErrorData, type ErrorData } from '../contract/errors.ts';
import { entryUrl } from '../entries.ts';
import { openTask } from '../tasks/index.ts';
import type { Problems, Task } from '../tasks/types.ts';
import { difficultiesOf, probeProblems } from './probes.ts';

/** What the thread answers. */
export type ReferencesReply = { readonly references: TrivialReference[] } | { readonly error: ErrorData };

/** Mean squared errors of the task's trivial answers on a run's own probe problems. Fitted where needed on training problems drawn from the run's seed. */
export function measureReferences(config: RunConfig, task: Task = openTask(config)): TrivialReference[] {
  const references = task.references(config.seed);
  return difficultiesOf(task).flatMap((difficulty) => {
    const problems = probeProblems(config, task, difficulty);
    return references.map((reference) => ({ difficulty, name: reference.name, label: reference.label, error: meanSquaredError(reference.predict(problems.x, problems.rows), problems) }));
  });
}

function meanSquaredError(answers: Float32Array, { y }: Problems): number {
  let sum = 0;
  for (let i = 0; i < y.length; i++) sum += (answers[i]! - y[i]!) ** 2;
  return sum / y.length;
}

/** Trivial answers that are being measured. */
export interface Measuring {
  /** Settles when they are known, or will not be: undefined. */
  readonly finished: Promise<readonly TrivialReference[] | undefined>;
  /** Gives up what is not finished. */
  readonly cancel: () => Promise<void>;
}

/**
 * Measures them: at once where that is quick (up to 0.1 s at rank 20), in a thread of its own for a file's and for those of large
 * problems, which take seconds that training need not wait for.
 *
 * @throws BasinError in `finished`, what the task fails with
 */
export function beginReferences(config: RunConfig, task: Task): Measuring {
  if (config.task !== 'dataset' && !task.slowReferences) return { finished: new Promise((resolve) => resolve(measureReferences(config, task))), cancel: () => Promise.resolve() };
  const worker = new Worker(entryUrl('references'), { workerData: config });
  const finished = new Promise<readonly TrivialReference[] | undefined>((resolve, reject) => {
    worker.on('message', (reply: ReferencesReply) => ('references' in reply ? resolve(reply.references) : reject(fromErrorData(reply.error))));
    worker.on('error', reject);
    worker.on('exit', () => resolve(undefined));
  });
  // Whoever waits for it hears of a failure; nobody need.
  finished.catch(() => undefined);
  return {
    finished,
    cancel: async () => {
      await worker.terminate();
    },
  };
}
