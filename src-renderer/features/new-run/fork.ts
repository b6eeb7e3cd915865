import { GRAPH_TASKS, type RunConfig, type SettingName } from '../../../src-main/contract/config.ts';
import type { RunDetails } from '../../../src-main/contract/api/runs.ts';

/** A checkpoint as an address names it: /new?fork=3&from=best */
export type CheckpointChoice = 'last' | 'best' | number;

/** @returns undefined for text that names none */
export function parseChoice(text: string | undefined): CheckpointChoice | undefined {
  if (text === undefined || text === '' || text === 'last') return 'last';
  if (text === 'best') return 'best';
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

type Checkpoints = RunDetails['checkpoints'];

/** The iteration that a choice means; undefined when the run has no such checkpoint. */
export function chosenIteration(choice: CheckpointChoice, checkpoints: Checkpoints): number | undefined {
  if (choice === 'best') return checkpoints.find(({ best }) => best)?.iteration;
  if (choice === 'last') return checkpoints.length === 0 ? undefined : Math.max(...checkpoints.map(({ iteration }) => iteration));
  return checkpoints.some(({ iteration }) => iteration === choice) ? choice : undefined;
}

/** Tasks whose problems and answers are as wide at any rank: r² → r², and r² → 2r². Networks on graphs fit them all. */
const SAME_WIDTHS: readonly (readonly RunConfig['task'][])[] = [
  ['lowrank', 'inverse', 'identity', 'negate', 'square', 'sort', 'shortest-path-matrix'],
  ['lu', 'qr'],
  GRAPH_TASKS,
];

export const forkableTasks = (task: RunConfig['task']): readonly RunConfig['task'][] => SAME_WIDTHS.find((tasks) => tasks.includes(task)) ?? [task];

/** Why a fork cannot change a setting: its weights are its parent's. Undefined when it can. */
export function lockedReason(name: SettingName, parent: RunConfig): string | undefined {
  switch (name) {
    case 'method':
    case 'rank':
    case 'hidden':
    case 'recurrent_hidden':
    case 'depth':
      return 'Kept: a fork goes on with its parent’s weights, so the network keeps its shape';
    case 'task':
      return forkableTasks(parent.task).length > 1 ? undefined : 'Kept: other tasks have problems or answers of another size, and a fork keeps its parent’s weights';
    default:
      return undefined;
  }
}

/** Edits that an address brings along: /new?fork=3&set=step_size:50. Pieces that name no setting are given back. */
export function parseSets(sets: readonly string[], names: readonly string[]): { readonly edits: Partial<Record<SettingName, string>>; readonly unknown: readonly string[] } {
  const edits: Partial<Record<SettingName, string>> = {};
  const unknown: string[] = [];
  for (const set of sets) {
    const at = set.indexOf(':');
    const name = set.slice(0, at);
    if (at > 0 && names.includes(name)) edits[name as SettingName] = set.slice(at + 1);
    else unknown.push(set);
  }
  return { edits, unknown };
}
