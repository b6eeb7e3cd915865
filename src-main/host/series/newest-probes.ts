import type { NewestProbe } from '../../contract/api/series.ts';
import { readNewestProbe } from '../../../db/probes.ts';
import { hasRun } from '../../../db/runs.ts';
import type { ReadStore } from '../../../db/open.ts';
import { momentsOf } from '../../trainer/moments.ts';
import { lowestUpdates, meanAtLowest } from './lowest.ts';

/** What the newest probe of each difficulty found; empty for a run without one, or that is gone. */
export function newestOf(store: ReadStore, run: number): NewestProbe[] {
  if (!hasRun(store, run)) return [];
  return (['same', 'harder'] as const).flatMap((difficulty) => {
    const probe = readNewestProbe(store, run, difficulty);
    if (!probe) return [];
    const { iteration, steps, problems, errors, energies } = probe;
    const updates = lowestUpdates(energies, problems);
    const lowestEnergy = energies.length === 0 ? null : { error: meanAtLowest(energies, errors, problems), updates: updates.reduce((sum, update) => sum + update, 0) / problems };
    return [{ run, iteration, difficulty, steps, problems, meanErrors: momentsOf(errors, problems).means, lowestEnergy }];
  });
}
