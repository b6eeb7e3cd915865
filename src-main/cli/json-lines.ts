import type { Series, TrainerEvent } from '../contract/events.ts';
import type { RunRow } from '../workbench/library.ts';
import { toJson } from '../terminal/output.ts';
import type { Watcher } from './watcher.ts';

/**
 * One JSON object a line: `{"iteration", "loss", "ms", …}` for every iteration, with each metric under its name and the
 * energies after 0 … N updates as one list; everything else has an `event`.
 */
export class JsonLines implements Watcher {
  readonly #write: (line: string) => void;

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  started({ id, name, engine, device, config, iteration }: RunRow): void {
    this.#write(toJson({ event: 'started', run: id, name, engine, device, iteration, iterations: config.iterations, config }));
  }

  event(event: TrainerEvent): void {
    if (event.type === 'metrics') for (const line of iterationsOf(event.series)) this.#write(toJson(line));
    else if (event.type === 'probe') {
      const { iteration, difficulty, steps, problems, errors, energies } = event.probe;
      this.#write(toJson({ event: 'probe', iteration, difficulty, updates: steps, problems, error: meanOfLast(errors, problems), ...(energies.length > 0 ? { energy: meanOfLast(energies, problems) } : {}) }));
    } else if (event.type !== 'ended') {
      const { type, ...facts } = event;
      this.#write(toJson({ event: type, ...facts }));
    }
  }

  note(): void {
    // For people.
  }

  ended(): void {
    // The command's result says it, from the store.
  }
}

/** Metrics of some iterations, turned into one record an iteration, in their order. */
export function iterationsOf(series: readonly Series[]): Record<string, unknown>[] {
  const records = new Map<number, { iteration: number; energy?: number[] } & Record<string, unknown>>();
  for (const { metric, first, values } of series) {
    const step = /^energy\/(\d+)$/.exec(metric)?.[1];
    values.forEach((value, i) => {
      const iteration = first + i;
      let record = records.get(iteration);
      if (!record) records.set(iteration, (record = { iteration }));
      if (step === undefined) record[metric] = value;
      else (record.energy ??= [])[Number(step)] = value;
    });
  }
  return [...records.values()].sort((a, b) => a.iteration - b.iteration);
}

const meanOfLast = (values: Float32Array, problems: number): number => values.subarray(-problems).reduce((sum, value) => sum + value, 0) / problems;
