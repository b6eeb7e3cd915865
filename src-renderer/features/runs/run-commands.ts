import type { MenuItem } from '../../controls/ActionMenu.vue';
import type { Command } from '../../stores/commands.ts';
import { countOf, type Runs, type useRunActions } from './useRunActions.ts';

type Actions = ReturnType<typeof useRunActions>;

/** What the runs page lends to its commands. */
export interface Page {
  /** The chosen runs, else the one that the keyboard is at. */
  readonly targets: () => Runs;
  readonly tag: () => void;
  readonly filter: () => void;
  readonly inspect: () => void;
  readonly rename: () => void;
  readonly columns: () => void;
  readonly chooseAll: () => void;
}

const isActive = ({ status }: Runs[number]): boolean => status === 'running' || status === 'queued';

/** Everything that can be done here, for palette and keys. */
export function runCommands(actions: Actions, page: Page): Command[] {
  const about = (id: string, title: string, keys: string | undefined, run: (runs: Runs) => void, fits: (runs: Runs) => boolean = (runs) => runs.length > 0): Command => ({
    id: `runs.${id}`,
    title,
    group: 'Runs',
    ...(keys === undefined ? {} : { keys }),
    available: () => fits(page.targets()),
    run: () => run(page.targets()),
  });
  return [
    { id: 'runs.filter', title: 'Filter runs', group: 'Runs', keys: '/', run: page.filter },
    { id: 'runs.inspect', title: 'Show or hide the inspector', group: 'Runs', keys: 'i', run: page.inspect },
    { id: 'runs.all', title: 'Choose all runs that fit the filter', group: 'Runs', run: page.chooseAll },
    { id: 'runs.columns', title: 'Choose columns', group: 'Runs', run: page.columns },
    about('open', 'Open run', undefined, ([run]) => actions.open(run!), (runs) => runs.length === 1),
    about('compare', 'Compare chosen runs', 'c', actions.compare),
    about('tag', 'Tag chosen runs', 't', () => page.tag()),
    about('rename', 'Rename run', 'f2', () => page.rename(), (runs) => runs.length === 1),
    about('star', 'Star chosen runs', 's', (runs) => void actions.star(runs, !runs.every((run) => run.star))),
    about('archive', 'Archive chosen runs', 'e', (runs) => void actions.archive(runs, !runs.every((run) => run.archived))),
    about('stop', 'Stop chosen runs', undefined, (runs) => void actions.stop(runs), (runs) => runs.some(isActive)),
    about('fork', 'Fork run', undefined, ([run]) => actions.fork(run!), (runs) => runs.length === 1),
    about('delete', 'Delete chosen runs', 'delete', (runs) => void actions.remove(runs)),
    ...(['csv', 'json', 'safetensors'] as const).map((format) => about(`export.${format}`, `Export chosen runs as ${format}`, undefined, (runs) => void actions.exportAs(runs, format))),
  ];
}

/** The same as a menu for the runs under the pointer. */
export function menuFor(runs: Runs, actions: Actions, page: Page): MenuItem[] {
  const one = runs.length === 1 ? runs[0] : undefined;
  const words = countOf(runs);
  return [
    ...(one ? [{ label: 'Open', keys: 'Enter', run: () => actions.open(one) }] : []),
    { label: one ? 'Compare' : `Compare ${words}`, keys: 'c', run: () => actions.compare(runs) },
    ...(one ? [{ label: 'Fork', run: () => actions.fork(one) }] : []),
    ...(one ? [{ label: 'Rename', keys: 'F2', separated: true, run: page.rename }] : []),
    { label: 'Tag …', keys: 't', separated: !one, run: page.tag },
    { label: 'Star', keys: 's', checked: runs.length > 0 && runs.every((run) => run.star), run: () => void actions.star(runs, !runs.every((run) => run.star)) },
    { label: runs.every((run) => run.archived) ? 'Take out of the archive' : 'Archive', keys: 'e', run: () => void actions.archive(runs, !runs.every((run) => run.archived)) },
    { label: 'Export as CSV', separated: true, run: () => void actions.exportAs(runs, 'csv') },
    { label: 'Export as JSON', run: () => void actions.exportAs(runs, 'json') },
    { label: 'Export as safetensors', run: () => void actions.exportAs(runs, 'safetensors') },
    { label: one ? 'Stop' : `Stop ${countOf(runs.filter(isActive))}`, separated: true, disabled: !runs.some(isActive), run: () => void actions.stop(runs) },
    { label: one ? 'Delete' : `Delete ${words}`, keys: 'Del', run: () => void actions.remove(runs) },
  ];
}
