import { useCommands } from '../../stores/commands.ts';
import type { Tab } from './address.ts';

export interface ReplayActions {
  hasEnergy(): boolean;
  toggleFalseMinima(): void;
  takeCopy(): void;
  canTakeCopy(): boolean;
  showAll(): void;
  assess(): void;
  focusFilter(): void;
  toggleWay(): void;
  focusTable(): void;
  show(tab: Tab): void;
}

/** Everything that this page does, by name and by key, while it is shown. */
export function useReplayCommands(actions: ReplayActions): void {
  const group = 'Replay buffer';
  useCommands().provide([
    { id: 'replay.false-minima', title: 'Show only false minima, or all', group, keys: 'f', run: () => actions.toggleFalseMinima(), available: () => actions.hasEnergy() },
    { id: 'replay.copy', title: 'Take a fresh copy of the buffer', group, keys: 'r', run: () => actions.takeCopy(), available: () => actions.canTakeCopy() },
    { id: 'replay.all', title: 'Clear the filter', group, keys: 'x', run: () => actions.showAll() },
    { id: 'replay.assess', title: 'Compute energies under the last checkpoint', group, keys: 'e', run: () => actions.assess(), available: () => actions.hasEnergy() },
    { id: 'replay.filter', title: 'Filter by entry number', group, keys: '/', run: () => actions.focusFilter() },
    { id: 'replay.table', title: 'Go to the table of entries', group, keys: 't', run: () => actions.focusTable() },
    { id: 'replay.way', title: 'Show entries as a table, or as a scatter of error against energy', group, keys: 'v', run: () => actions.toggleWay(), available: () => actions.hasEnergy() },
    { id: 'replay.answer', title: 'Show the entry’s answer', group, keys: '1', run: () => actions.show('answer') },
    { id: 'replay.lineage', title: 'Show the entry’s lineage', group, keys: '2', run: () => actions.show('lineage') },
    { id: 'replay.reason', title: 'Reason from the entry', group, keys: '3', run: () => actions.show('reason') },
  ]);
}
