import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import type { LineSeries, Marker } from '../../../charts/types.ts';
import type { SeriesStyle } from '../../../format/colours.ts';
import type { RunGroup } from '../groups/group-runs.ts';
import type { Curve, MeanCurve } from '../groups/mean-curve.ts';
import type { Axis } from '../view/view.ts';
import { listed, tellContributions } from './contributions.ts';
import { groupCurve, memberCurve, windowOnAxis, type Member } from './group-curve.ts';

export const BAND = '± standard deviation over runs (n − 1)';

/** What one chart is drawn from. */
export interface LinesInput {
  readonly groups: readonly RunGroup[];
  readonly styles: ReadonlyMap<string, SeriesStyle>;
  readonly dark: boolean;
  readonly axis: Axis;
  /** A run's curve over iterations; undefined until it was read, empty when it was not recorded. */
  curve(run: number): Curve | undefined;
  elapsed(run: number): Curve | undefined;
  /** Members of groups are drawn faintly. */
  readonly members: boolean;
  /** The group (or run) that is pointed at: the others fade. */
  readonly highlighted: string | null;
  readonly baseline: number | null;
  /** Never smoothed: few values, each a measurement of its own. */
  readonly exact: boolean;
}

export interface Lines {
  readonly series: readonly LineSeries[];
  readonly markers: readonly Marker[];
  /** What a reader must know of these lines, one sentence each. */
  readonly notes: readonly string[];
}

/** Unchanged inputs give the same series object again, so that a chart of 200 runs redraws only what is new. */
export class LinesMaker {
  private readonly curves = new Map<string, { readonly inputs: readonly unknown[]; readonly curve: MeanCurve | Curve }>();
  private readonly series = new Map<string, { readonly inputs: readonly unknown[]; readonly series: LineSeries }>();

  make(input: LinesInput): Lines {
    const { groups, axis } = input;
    const series: LineSeries[] = [];
    const markers: Marker[] = [];
    const notes: string[] = [];
    const missing: string[] = [];
    const queued: string[] = [];
    const memberOf = (run: RunSummary): Member | undefined => {
      const curve = input.curve(run.id);
      return curve && { run, curve, elapsed: input.elapsed(run.id) };
    };
    const read = groups.map((group) => ({ group, members: group.runs.map(memberOf).filter((member) => member !== undefined) }));
    const window = windowOnAxis(read.flatMap(({ group, members }) => (group.runs.length > 1 ? members : [])), axis);
    if (window !== null) notes.push(`Groups: means over windows of ${axis === 'time' ? `${window} s` : `${window} % of the run`}.`);
    for (const { group, members } of read) {
      for (const { run, curve } of members) if (curve.x.length === 0) (run.status === 'queued' ? queued : missing).push(run.name);
      const recorded = members.filter(({ curve }) => curve.x.length > 0);
      if (recorded.length === 0) continue;
      // A single recorded member is drawn as it is, without a band: one run has no deviation.
      if (group.runs.length === 1) series.push(this.line(input, group, this.single(group.key, recorded[0]!, axis), undefined));
      else {
        const mean = this.mean(group.key, recorded, axis, window);
        series.push(this.line(input, group, mean, { low: mean.low, high: mean.high, meaning: BAND }));
        if (input.members) for (const member of recorded) series.push(this.faint(input, group, member));
        const told = tellContributions(group.label, mean, recorded.map(({ run }) => run), group.runs.length, axis);
        notes.push(...told.notes);
        markers.push(...told.markers);
      }
    }
    if (missing.length > 0) notes.push(`Not recorded by ${listed(missing)}.`);
    if (queued.length > 0) notes.push(`Still in the queue: ${listed(queued)}.`);
    return { series, markers, notes };
  }

  private single(key: string, member: Member, axis: Axis): Curve {
    return this.remember(key, [member.curve, axis === 'time' ? member.elapsed : null, axis, axis === 'share' ? member.run.iterations : 0], () => memberCurve(member, axis));
  }

  private mean(key: string, members: readonly Member[], axis: Axis, window: number | null): MeanCurve {
    const inputs = [axis, window, ...members.flatMap(({ run, curve, elapsed }) => [run.id, curve, axis === 'time' ? elapsed : null, axis === 'share' ? run.iterations : 0])];
    return this.remember(`mean ${key}`, inputs, () => groupCurve(members.map((member) => this.single(`member ${member.run.id}`, member, axis)), window)) as MeanCurve;
  }

  private remember(key: string, inputs: readonly unknown[], make: () => MeanCurve | Curve): MeanCurve | Curve {
    const before = this.curves.get(key);
    if (before && same(before.inputs, inputs)) return before.curve;
    const curve = make();
    this.curves.set(key, { inputs, curve });
    return curve;
  }

  private line({ styles, dark, highlighted, baseline, exact }: LinesInput, { key, label, runs }: RunGroup, { x, y }: Curve, band: LineSeries['band']): LineSeries {
    const style = styles.get(key)!;
    const faded = highlighted !== null && highlighted !== key;
    const inputs = [x, y, style, dark, faded, highlighted === key, baseline, label, runs.length];
    return this.rememberSeries(key, inputs, () => ({
      key,
      label: runs.length === 1 ? label : `${label} (n = ${runs.length})`,
      x,
      y,
      colour: dark ? style.dark : style.light,
      dash: style.dash,
      width: highlighted === key ? 3 : runs.some(({ id }) => id === baseline) ? 2.5 : 1.75,
      opacity: faded ? 0.2 : 1,
      exact,
      ...(band && !faded ? { band } : {}),
    }));
  }

  private faint({ styles, dark, highlighted, axis, exact }: LinesInput, { key }: RunGroup, member: Member): LineSeries {
    const { x, y } = this.single(`member ${member.run.id}`, member, axis);
    const style = styles.get(key)!;
    const faded = highlighted !== null && highlighted !== key;
    return this.rememberSeries(`member ${member.run.id}`, [x, y, style, dark, faded, member.run.name], () => ({ key: `member ${member.run.id}`, label: member.run.name, x, y, colour: dark ? style.dark : style.light, dash: style.dash, width: 1, opacity: faded ? 0.08 : 0.3, background: true, exact }));
  }

  private rememberSeries(key: string, inputs: readonly unknown[], make: () => LineSeries): LineSeries {
    const before = this.series.get(key);
    if (before && same(before.inputs, inputs)) return before.series;
    const series = make();
    this.series.set(key, { inputs, series });
    return series;
  }
}

const same = (a: readonly unknown[], b: readonly unknown[]): boolean => a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
