import type { PresetName } from '../contract/config.ts';
import { chooseEngine } from '../engine/doctor.ts';
import type { ProbeReport } from '../engine/probe.ts';
import type { EngineId } from '../engine/types.ts';
import { examine } from './engine-choice.ts';
import { planRun, type Changes } from './run-plan.ts';

export type { ProbeReport, ProbeTime } from '../engine/probe.ts';

/** What trying the engines found; `fastest` is absent when none works. */
export interface Diagnosis {
  readonly reports: readonly ProbeReport[];
  readonly fastest?: EngineId;
}

/**
 * Tries engines on the network that the settings describe, and remembers the result for `auto`.
 *
 * @throws BasinError `config.*`
 */
export async function diagnose(folder: string, options: { changes: Changes; preset?: PresetName; engines: readonly EngineId[]; onStart?: (id: EngineId) => void; onReport?: (report: ProbeReport) => void }): Promise<Diagnosis> {
  const { config, widths } = planRun(options.changes, options.preset);
  const { onStart, onReport } = options;
  const reports = await examine({ folder, config, widths, ...(onStart ? { onStart } : {}), ...(onReport ? { onReport } : {}) }, options.engines);
  return { reports, ...(reports.some(({ usable }) => usable) ? { fastest: chooseEngine(reports) } : {}) };
}
