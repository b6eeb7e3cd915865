import { MultiBar, Presets, type Options, type Params, type SingleBar } from 'cli-progress';
import type { Series, TrainerEvent } from '../contract/events.ts';
import type { RunRow } from '../workbench/library.ts';
import { count, duration, number } from './format.ts';
import type { Watcher } from './watcher.ts';

/** What the bar says of the newest iteration. */
export interface Newest {
  readonly loss?: number;
  /** Mean energy of the first and of the last answers. */
  readonly energy?: { readonly first: number; readonly last: number };
}

/** A bar with ETA, loss, and how far reasoning brought the energy down; warnings appear above it. */
export class ProgressBar implements Watcher {
  readonly #bars: MultiBar;
  readonly #stream: NodeJS.WritableStream;
  #bar: SingleBar | undefined;
  #run: RunRow | undefined;

  constructor(stream: NodeJS.WritableStream) {
    this.#stream = stream;
    // Ctrl-C is the command's business, so no handler of the bar's own.
    this.#bars = new MultiBar({ stream, format: progressLine, hideCursor: true, clearOnComplete: true, linewrap: false, etaBuffer: 100, barsize: 24, gracefulExit: false }, Presets.shades_classic);
  }

  started(run: RunRow): void {
    this.#run = run;
  }

  event(event: TrainerEvent): void {
    // Not before: the time that an engine takes to start says nothing of the time that is left.
    if (event.type === 'ready' && this.#run) this.#bar = this.#bars.create(this.#run.config.iterations, event.iteration, { name: this.#run.name });
    if (event.type === 'metrics') this.#bar?.update(event.last, newestOf(event.series));
    if (event.type === 'log' && event.level !== 'info') this.note(`${event.level}: ${event.message}`);
  }

  note(text: string): void {
    // Written past a bar, it would be drawn over.
    if (this.#bar) this.#bars.log(`${text}\n`);
    else this.#stream.write(`${text}\n`);
  }

  ended(): void {
    this.#bars.stop();
  }
}

/** The last values of loss and energy. */
export function newestOf(series: readonly Series[]): Newest {
  const newest = (metric: string) => series.find((each) => each.metric === metric)?.values.at(-1);
  const steps = series.flatMap(({ metric }) => /^energy\/(\d+)$/.exec(metric)?.[1] ?? []).map(Number);
  const loss = newest('loss');
  const first = newest('energy/0');
  const last = newest(`energy/${Math.max(...steps)}`);
  return { ...(loss === undefined ? {} : { loss }), ...(first === undefined || last === undefined ? {} : { energy: { first, last } }) };
}

/** The bar as text; cli-progress calls it. `eta` is in seconds, or not a number while it is unknown. */
export function progressLine(options: Options, { progress, eta, value, total }: Pick<Params, 'progress' | 'eta' | 'value' | 'total'>, { name, loss, energy }: Newest & { name?: string }): string {
  const size = options.barsize ?? 0;
  const done = Math.round(progress * size);
  const bar = (options.barCompleteString ?? '').slice(0, done) + (options.barIncompleteString ?? '').slice(0, size - done);
  const parts = [`${name ?? ''} ${bar} ${Math.floor(progress * 100)} %`, `${count(value)} of ${count(total)}`, Number.isFinite(eta) ? `ETA ${duration(eta * 1000)}` : 'ETA …'];
  if (loss !== undefined) parts.push(`loss ${number(loss)}`);
  if (energy) parts.push(`energy ${number(energy.first)} → ${number(energy.last)}`);
  return parts.join('  ');
}
