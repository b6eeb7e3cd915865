import type { LineSeries, Marker } from '../../../charts/types.ts';
import type { SeriesStyle } from '../../../format/colours.ts';
import type { RunGroup } from '../groups/group-runs.ts';
import type { Curve, MeanCurve } from '../groups/mean-curve.ts';
import type { Axis } from '../view/view.ts';
import { groupCurve, memberCurve, type Member } from './group-curve.ts';

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
  private readonly curves = new Map<string, { readonly inputs: readonly unknown[]; readonly curve: GroupLine | Curve }>();
  private readonly series = new Map<string, { readonly inputs: readonly unknown[]; readonly series: LineSeries }>();

  make(input: LinesInput): Lines {
    const { groups, axis } = input;
    const series: LineSeries[] = [];
    const markers: Marker[] = [];
    const notes: string[] = [];
    const missing: string[] = [];
    for (const group of groups) {
      const read = group.runs.map((run): Member | undefined => {
        const curve = input.curve(run.id);
        return curve && { run, curve, elapsed: input.elapsed(run.id) };
      });
      const members = read.filter((member) => member !== undefined);
      missing.push(...members.filter(({ curve }) => curve.x.length === 0).map(({ run }) => run.name));
      const recorded = members.filter(({ curve }) => curve.x.length > 0);
      if (recorded.length === 0) continue;
      // A single recorded member is drawn as it is, without a band: one run has no deviation.
      if (group.runs.length === 1) series.push(this.line(input, group, this.single(group.key, recorded[0]!, axis), undefined));
      else {
        const { mean, window } = this.mean(group.key, recorded, axis);
        series.push(this.line(input, group, mean, { low: mean.low, high: mean.high, meaning: BAND }));
        if (input.members) for (const member of recorded) series.push(this.faint(input, group, member));
        const words = describeContributions(group.label, mean, recorded, group.runs.length, axis, window);
        notes.push(...words.notes);
        markers.push(...words.markers);
      }
    }
    if (missing.length > 0) notes.push(`Not recorded by ${listed(missing)}.`);
    return { series, markers, notes };
  }

  private single(key: string, member: Member, axis: Axis): Curve {
    return this.remember(key, [member.curve, axis === 'time' ? member.elapsed : null, axis, axis === 'share' ? member.run.iterations : 0], () => memberCurve(member, axis)) as Curve;
  }

  private mean(key: string, members: readonly Member[], axis: Axis): GroupLine {
    const inputs = [axis, ...members.flatMap(({ run, curve, elapsed }) => [run.id, curve, axis === 'time' ? elapsed : null, axis === 'share' ? run.iterations : 0])];
    return this.remember(`mean ${key}`, inputs, () => groupCurve(members, axis)) as GroupLine;
  }

  private remember(key: string, inputs: readonly unknown[], make: () => GroupLine | Curve): GroupLine | Curve {
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

interface GroupLine {
  readonly mean: MeanCurve;
  readonly window: number | null;
}

const same = (a: readonly unknown[], b: readonly unknown[]): boolean => a.length === b.length && a.every((value, i) => Object.is(value, b[i]));

/** "a, b and 3 more". */
export function listed(names: readonly string[], shown = 3): string {
  if (names.length === 1) return names[0]!;
  const rest = names.length - shown;
  return rest > 0 ? `${names.slice(0, shown).join(', ')} and ${rest} more` : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

const AT: Record<Axis, (x: number) => string> = {
  iteration: (x) => `iteration ${Math.round(x).toLocaleString('en')}`,
  time: (x) => `${Number(x.toPrecision(3)).toLocaleString('en')} s`,
  share: (x) => `${Number(x.toPrecision(3))} % of the run`,
};

/** Who does not contribute, from where on, and why. */
function describeContributions(label: string, { contributions }: MeanCurve, members: readonly Member[], n: number, axis: Axis, window: number | null): { notes: string[]; markers: Marker[] } {
  const notes: string[] = [];
  const markers: Marker[] = [];
  const told = new Set<string>();
  const names = (indices: readonly number[]) => listed(indices.map((i) => members[i]!.run.name));
  const tell = (why: string, indices: readonly number[], x: number, contributing: number) => {
    const fresh = indices.filter((i) => !told.has(`${why} ${i}`));
    if (fresh.length === 0) return;
    for (const i of fresh) told.add(`${why} ${i}`);
    notes.push(`${label}: from ${AT[axis](x)} ${contributing} of ${n} contribute (${names(fresh)} ${why}).`);
    if (why === NOT_FINITE) for (const i of fresh) markers.push({ x, kind: 'nan', label: `${members[i]!.run.name} ${NOT_FINITE}` });
  };
  for (const { x, n: contributing, ended, nonFinite } of contributions) {
    tell(NOT_FINITE, nonFinite, x, contributing);
    // A run that diverged and ended is told by what ended it.
    tell('ended', ended.filter((i) => !told.has(`${NOT_FINITE} ${i}`) && members[i]!.run.status !== 'diverged'), x, contributing);
    tell('diverged', ended.filter((i) => !told.has(`${NOT_FINITE} ${i}`) && members[i]!.run.status === 'diverged'), x, contributing);
  }
  const begin = contributions.find(({ notYet }) => notYet.length > 0);
  const all = contributions.find(({ notYet }) => notYet.length === 0);
  if (begin) notes.push(`${label}: ${all ? `before ${AT[axis](all.x)}` : 'everywhere'} fewer than ${n} contribute (${names(begin.notYet)} ${begin.notYet.length === 1 ? 'begins' : 'begin'} later).`);
  if (window !== null) notes.push(`${label}: means over windows of ${axis === 'time' ? `${Number(window.toPrecision(2))} s` : `${Number(window.toPrecision(2))} % of the run`}.`);
  return { notes, markers };
}

const NOT_FINITE = 'is not finite';
