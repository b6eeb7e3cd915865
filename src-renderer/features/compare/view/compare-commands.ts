import type { Command } from '../../../stores/commands.ts';
import { AXES } from '../curves/axis.ts';
import type { CompareView } from './view.ts';

/** What the page lends to its commands. */
export interface Page {
  readonly view: () => CompareView;
  /** Whether any run is shown. */
  readonly filled: () => boolean;
  readonly change: (view: CompareView) => void;
  readonly pick: () => void;
  readonly copyLink: () => void;
}

/** What can be done with the whole comparison, for palette and keys. */
export function compareCommands({ view, filled, change, pick, copyLink }: Page): Command[] {
  const about = (id: string, title: string, keys: string | undefined, run: () => void, available: () => boolean = filled): Command => ({ id: `compare.${id}`, title, group: 'Compare', ...(keys ? { keys } : {}), run, available });
  return [
    about('choose', 'Choose runs to compare', 'a', pick, () => true),
    about('link', 'Copy the link to this comparison', 'y', copyLink),
    about('seeds', 'Group runs that differ in the seed alone, or undo that', 'e', () => change({ ...view(), grouping: view().grouping === 'seeds' ? 'none' : 'seeds' })),
    about('members', 'Draw the runs of groups faintly, or not', 'm', () => change({ ...view(), members: !view().members }), () => filled() && view().grouping !== 'none'),
    about('settings', 'List all settings, or only those that differ', 'd', () => change({ ...view(), allSettings: !view().allSettings })),
    about('show', 'Show hidden runs', 'h', () => change({ ...view(), hidden: [] }), () => view().hidden.length > 0),
    about('baseline', 'Have no baseline', undefined, () => change({ ...view(), baseline: null }), () => view().baseline !== null),
    ...AXES.map(({ value, label }) => about(`x.${value}`, `Draw curves against: ${label.toLowerCase()}`, undefined, () => change({ ...view(), axis: value }), () => filled() && view().axis !== value)),
  ];
}
