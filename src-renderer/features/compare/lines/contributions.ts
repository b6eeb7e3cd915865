import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import type { Marker } from '../../../charts/types.ts';
import type { Contribution, MeanCurve } from '../groups/mean-curve.ts';
import type { Axis } from '../view/view.ts';

const AT: Readonly<Record<Axis, (x: number) => string>> = {
  iteration: (x) => `iteration ${Math.round(x).toLocaleString('en')}`,
  time: (x) => `${Number(x.toPrecision(3)).toLocaleString('en')} s`,
  share: (x) => `${Number(x.toPrecision(3))} % of the run`,
};

/** "a, b and 3 more". */
export function listed(names: readonly string[], shown = 3): string {
  if (names.length === 1) return names[0]!;
  const rest = names.length - shown;
  return rest > 0 ? `${names.slice(0, shown).join(', ')} and ${rest} more` : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

interface Absence {
  readonly member: number;
  readonly x: number;
  readonly n: number;
}

/**
 * Who takes no part in a group's mean, from where on, and why: what was not finite is told apart from what ended, and both from what
 * begins later.
 *
 * @param members runs in the order that the mean was made of
 * @param n all runs of the group, those that have not recorded it among them
 * @returns sentences, and a mark at each member's first value that is not finite
 */
export function tellContributions(label: string, { contributions }: MeanCurve, members: readonly RunSummary[], n: number, axis: Axis): { readonly notes: readonly string[]; readonly markers: readonly Marker[] } {
  const odd = firsts(contributions, ({ nonFinite }) => nonFinite);
  // Runs that diverge end there: they are told once, by what ended them.
  const ended = firsts(contributions, (state) => state.ended).filter(({ member }) => !odd.some((other) => other.member === member));
  const late = firsts(contributions, ({ notYet }) => notYet);
  const notes: string[] = [];
  const tell = (absences: readonly Absence[], why: string) => {
    const [first] = absences;
    if (!first) return;
    const last = absences.at(-1)!;
    const names = listed(absences.map(({ member }) => members[member]!.name));
    const then = last.x > first.x ? `fewer than ${n} contribute; from ${AT[axis](last.x)}, ${last.n}` : `${first.n} of ${n} contribute`;
    notes.push(`${label}: from ${AT[axis](first.x)}, ${then} (${names} ${why}).`);
  };
  tell(odd, odd.length === 1 ? 'is not finite' : 'are not finite');
  tell(ended.filter(({ member }) => members[member]!.status === 'diverged'), 'diverged');
  tell(ended.filter(({ member }) => members[member]!.status !== 'diverged'), 'ended');
  if (late.length > 0) {
    const all = contributions.find(({ notYet }) => notYet.length === 0);
    notes.push(`${label}: ${all ? `before ${AT[axis](all.x)}` : 'everywhere'} fewer than ${n} contribute (${listed(late.map(({ member }) => members[member]!.name))} ${late.length === 1 ? 'begins' : 'begin'} later).`);
  }
  return { notes, markers: odd.map(({ member, x }) => ({ x, kind: 'nan', label: `${members[member]!.name} is not finite` })) };
}

/** Where each member is first in a list. */
function firsts(contributions: readonly Contribution[], listOf: (state: Contribution) => readonly number[]): Absence[] {
  const found = new Map<number, Absence>();
  for (const state of contributions) for (const member of listOf(state)) if (!found.has(member)) found.set(member, { member, x: state.x, n: state.n });
  return [...found.values()];
}
