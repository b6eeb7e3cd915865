import type { SeriesData } from '../../contract/api/series.ts';
import { BasinError } from '../../contract/errors.ts';
import { listProbeIds, readProbeArrays, readProbeMeans, type ProbeArrays } from '../../../db/probe-values.ts';
import { extremes } from '../../../db/series-chunk.ts';
import { readSeries, thinSeries, thinValues, type Range } from '../../../db/series.ts';
import type { ReadStore } from '../../../db/open.ts';
import { hasRun } from '../../../db/runs.ts';
import { meanAtLowest } from './lowest.ts';
import { probeMetric, type ProbeMetric } from './virtual.ts';
import { windowMeans, type Points } from './windows.ts';

/** What is wanted of a curve: at most so many points of a range, or means over windows of so many iterations. */
export interface CurveOptions extends Range {
  readonly points: number;
  readonly every?: number;
}

type Curve = Omit<SeriesData, 'run' | 'metric'>;

/** Probes whose values at the lowest energy are remembered: they never change. */
const REMEMBERED = 100_000;

/** Reads curves: recorded metrics, those read off the probes, and the time spent training. */
export class Curves {
  readonly #store: ReadStore;
  readonly #lowest = new Map<string, number>();

  constructor(store: ReadStore) {
    this.#store = store;
  }

  /** Empty when the run has no value of that metric in the range. @throws BasinError `run.unknown` */
  read(run: number, metric: string, { points, every, ...range }: CurveOptions): Curve {
    if (!hasRun(this.#store, run)) throw new BasinError('run.unknown', `There is no run ${run}: it was deleted, or never created`, { details: { run } });
    const probe = probeMetric(metric);
    // Time before the range counts too: it is cut afterwards.
    const whole = probe ? this.#probe(run, probe, range) : metric === 'elapsed' ? within(elapsed(this.#recorded(run, 'ms')), range) : undefined;
    if (whole === undefined && every === undefined) {
      const { iterations, values, total, min, max, nonFinite } = thinSeries(this.#store, run, metric, points, range);
      return { iterations: listed(iterations, values.length), values, total, min, max, nonFinite };
    }
    const found = whole ?? this.#recorded(run, metric, range);
    const averaged = every === undefined ? found : windowMeans(found, every);
    const all = extremes(averaged.values);
    const { iterations, values } = thinValues({ ...averaged, ...all }, points);
    return { iterations: listed(iterations, values.length), values, total: found.values.length, ...all };
  }

  #recorded(run: number, metric: string, range: Range = {}): Points {
    const { iterations, values } = readSeries(this.#store, run, metric, range);
    return { iterations: listed(iterations, values.length), values };
  }

  #probe(run: number, { difficulty, quantity, at }: ProbeMetric, range: Range): Points {
    const found = at === 'lowest' ? listProbeIds(this.#store, run, difficulty, range).flatMap((probe) => this.#atLowest(probe, quantity)) : readProbeMeans(this.#store, run, difficulty, quantity, at, range);
    return { iterations: Float64Array.from(found, ({ iteration }) => iteration), values: Float64Array.from(found, ({ value }) => value) };
  }

  #atLowest({ id, iteration, problems, mark }: ProbeArrays, quantity: ProbeMetric['quantity']): { iteration: number; value: number }[] {
    const key = `${id} ${mark} ${quantity}`;
    let value = this.#lowest.get(key);
    if (value === undefined) {
      const arrays = readProbeArrays(this.#store, id, quantity);
      if (!arrays || arrays.energies.length === 0) return [];
      value = meanAtLowest(arrays.energies, arrays.values, problems);
      if (this.#lowest.size >= REMEMBERED) this.#lowest.clear();
      this.#lowest.set(key, value);
    }
    return [{ iteration, value }];
  }
}

const listed = (iterations: Float64Array | { readonly first: number }, count: number): Float64Array =>
  iterations instanceof Float64Array ? iterations : Float64Array.from({ length: count }, (_, i) => iterations.first + i);

/** The running sum of milliseconds. */
function elapsed({ iterations, values }: Points): Points {
  let sum = 0;
  return { iterations, values: values.map((ms) => (sum += ms)) };
}

function within({ iterations, values }: Points, { from = -Infinity, to = Infinity }: Range): Points {
  const start = iterations.findIndex((iteration) => iteration >= from);
  if (start < 0) return { iterations: new Float64Array(0), values: new Float64Array(0) };
  const end = iterations.findLastIndex((iteration) => iteration <= to) + 1;
  return { iterations: iterations.slice(start, end), values: values.slice(start, end) };
}
