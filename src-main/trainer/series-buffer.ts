import type { Series } from '../contract/events.ts';

/** Collects numbers of consecutive iterations until they are taken; a metric with a gap gives several series. */
export class SeriesBuffer {
  private readonly segments = new Map<string, { first: number; values: number[] }[]>();

  /** @param iteration later than the last one given for this metric */
  add(metric: string, iteration: number, value: number): void {
    const segments = this.segments.get(metric);
    if (!segments) {
      this.segments.set(metric, [{ first: iteration, values: [value] }]);
      return;
    }
    const last = segments.at(-1)!;
    if (iteration === last.first + last.values.length) last.values.push(value);
    else segments.push({ first: iteration, values: [value] });
  }

  get isEmpty(): boolean {
    return this.segments.size === 0;
  }

  /** Everything since the last call. */
  take(): Series[] {
    const taken = [...this.segments].flatMap(([metric, segments]) => segments.map(({ first, values }) => ({ metric, first, values: Float64Array.from(values) })));
    this.segments.clear();
    return taken;
  }
}
