import type { RunSummary } from '../../src-main/contract/api/runs.ts';
import type { Command } from '../stores/commands.ts';
import type { Findable } from './palette-search.ts';

/** A line of the palette: an action, or a run to open. */
export interface Entry extends Findable {
  readonly group: string;
  readonly command?: Command;
  readonly run?: RunSummary;
}

export const RECENT_KEY = 'palette.recent';
const REMEMBERED = 8;

/** All there is to choose: what was chosen last, then actions (the page's own first), then runs (newest first). What cannot be done now is left out. */
export function entriesOf(commands: readonly Command[], runs: readonly RunSummary[], recent: readonly string[]): Entry[] {
  const actions = commands
    .filter((command) => command.id !== 'palette.open' && command.available?.() !== false)
    .sort((a, b) => Number(a.everywhere ?? false) - Number(b.everywhere ?? false))
    .map((command): Entry => ({ id: command.id, title: command.title, group: command.group, also: command.group, command }));
  const opened = runs.map((run): Entry => ({ id: `run.${run.id}`, title: run.name, group: 'Run', also: `run ${run.id} ${run.task} ${run.tags.join(' ')}`, run }));
  const all = [...actions, ...opened];
  const places = new Map(recent.map((id, place) => [id, place]));
  const last = all.filter(({ id }) => places.has(id)).sort((a, b) => places.get(a.id)! - places.get(b.id)!);
  return [...last, ...all.filter(({ id }) => !places.has(id))];
}

/** Recent choices with a new one in front. */
export const newestFirst = (recent: readonly string[], id: string): string[] => [id, ...recent.filter((other) => other !== id)].slice(0, REMEMBERED);
