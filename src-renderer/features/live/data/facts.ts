import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import type { MachineLoad } from '../../../../src-main/contract/api/app.ts';
import type { RunConfig, SettingName } from '../../../../src-main/contract/config.ts';
import { SETTINGS, type Setting } from '../../../../src-main/contract/settings.ts';

/** Runs in front of a queued one: those that were queued before it. */
export const queueAhead = (run: Pick<RunSummary, 'id' | 'status'>, active: readonly RunSummary[]): number => (run.status === 'queued' ? active.filter(({ id, status }) => status === 'queued' && id < run.id).length : 0);

export interface Lineage {
  readonly parent: { readonly run: number; readonly iteration: number } | undefined;
  readonly children: readonly RunSummary[];
}

/** Where a run comes from, and what was forked from it, oldest first. */
export function lineageOf(run: RunSummary, all: readonly RunSummary[]): Lineage {
  return {
    parent: run.parentRun === null ? undefined : { run: run.parentRun, iteration: run.parentIteration ?? 0 },
    children: all.filter(({ parentRun }) => parentRun === run.id).sort((a, b) => a.id - b.id),
  };
}

export interface ConfigRow {
  readonly setting: Setting;
  readonly value: RunConfig[SettingName];
  /** What it would be unless told, where it is something else. */
  readonly instead: RunConfig[SettingName] | undefined;
}

/** A configuration, what differs from the defaults (or from a parent) first, then everything by group. */
export function configRows(config: RunConfig, parent?: Readonly<Partial<Record<string, unknown>>>): { readonly different: readonly ConfigRow[]; readonly all: readonly ConfigRow[] } {
  const all = SETTINGS.map((setting): ConfigRow => {
    const usual = (parent && setting.name in parent ? parent[setting.name] : setting.default) as RunConfig[SettingName];
    const value = config[setting.name];
    return { setting, value, instead: value === usual ? undefined : usual };
  });
  return { different: all.filter(({ instead }) => instead !== undefined), all };
}

/** What the machine does, in words and shares 0 … 1; a reading that is not to be had is said to be so. */
export function machineRows(load: MachineLoad, bytes: (value: number) => string): { readonly name: string; readonly share: number | null; readonly words: string }[] {
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const memory = (used: number | null, total: number | null) => (used === null || total === null ? 'no reading' : `${bytes(used)} of ${bytes(total)}`);
  const { gpu } = load;
  return [
    { name: 'CPU', share: load.cpu, words: load.cpu === null ? 'no reading' : percent(load.cpu) },
    { name: 'Memory', share: load.memoryUsed === null || load.memoryTotal === null ? null : load.memoryUsed / load.memoryTotal, words: memory(load.memoryUsed, load.memoryTotal) },
    gpu === null
      ? { name: 'GPU', share: null, words: 'no GPU reading' }
      : { name: gpu.name, share: gpu.utilisation, words: [gpu.utilisation === null ? 'no load reading' : percent(gpu.utilisation), memory(gpu.memoryUsed, gpu.memoryTotal)].join(', ') },
  ];
}
