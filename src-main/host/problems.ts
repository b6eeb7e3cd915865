import { statSync } from 'node:fs';
import type { RunConfig } from '../contract/config.ts';
import { openTask } from '../tasks/index.ts';
import type { Shapes } from '../tasks/types.ts';
import type { Models } from './models/owner.ts';
import type { Problem } from './models/protocol.ts';

const KEPT = 200;

/** How problems and answers are drawn, by what decides it. A data file is read in the process that holds models, once unless it changes. */
export class Problems {
  readonly #models: Pick<Models, 'ask'>;
  readonly #known = new Map<string, Promise<Problem>>();

  constructor(models: Pick<Models, 'ask'>) {
    this.#models = models;
  }

  /** @throws BasinError `dataset.*`, `file.*` for a data file that cannot be used */
  of(config: RunConfig): Promise<Problem> {
    const { task, rank, nodes, nodes_harder, data, seed, test_fraction } = config;
    const key = JSON.stringify(task === 'dataset' ? { data, seed, test_fraction, version: versionOf(data) } : { task, rank, nodes, nodes_harder });
    const known = this.#known.get(key);
    if (known) return known;
    const opened = task === 'dataset' ? this.#models.ask('problem', config) : Promise.resolve(problemOf(config));
    if (this.#known.size >= KEPT) this.#known.delete(this.#known.keys().next().value!);
    this.#known.set(key, opened);
    // Only what works is remembered.
    opened.catch(() => this.#known.delete(key));
    return opened;
  }
}

/** How a configuration's problems are drawn, as the contract says it. @throws BasinError as `openTask` */
export function problemOf(config: RunConfig): Problem {
  const task = openTask(config);
  const plain = ({ widths, pictures }: Shapes) => ({ widths: { ...widths }, pictures: { x: { ...pictures.x }, y: { ...pictures.y } } });
  return { ...plain(task), harder: plain(task.shapesOf('harder')) };
}

/** Differs when a file was changed; null where there is none, or its name is none. */
function versionOf(path: string): string | null {
  try {
    const { size, mtimeMs } = statSync(path);
    return `${size} ${mtimeMs}`;
  } catch {
    return null;
  }
}
