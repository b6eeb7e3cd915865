import type { Output } from '../terminal/output.ts';
import type { Watcher } from './watcher.ts';

/** Who watches a run: a person at a terminal, a program that reads JSON lines, or nobody. */
export async function watcherFor(output: Output): Promise<Watcher> {
  if (output.json) return new (await import('./json-lines.ts')).JsonLines((line) => process.stdout.write(`${line}\n`));
  if (output.isWatched) return new (await import('./progress.ts')).ProgressBar(process.stderr);
  return warningsOnly(output);
}

/** A pipe that asked for nothing more. */
const warningsOnly = (output: Output): Watcher => ({
  started: () => undefined,
  note: () => undefined,
  event: (event) => {
    if (event.type === 'log' && event.level === 'warning') output.warn(event.message);
  },
  ended: () => undefined,
});
