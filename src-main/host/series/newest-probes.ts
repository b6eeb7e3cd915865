import type { NewestProbe } from '../../contract/api/series.ts';
import { readProbe } from '../../../db/probes.ts';
import type { ReadStore } from '../../../db/open.ts';
import { momentsOf } from '../live/curve.ts';
import { lowestUpdates, meanAtLowest } from './lowest.ts';

/** What the newest probe of each difficulty found; empty for a run without one, or that is gone. */
export function newestOf(store: ReadStore, run: number): NewestProbe[] {
  return (['same', 'harder'] as const).flatMap((difficulty) => {
    const newest = store.first<{ iteration: number }>(
      'SELECT iteration FROM probes WHERE run = ? AND difficulty = ? AND EXISTS (SELECT 1 FROM runs WHERE id = run AND deleted_at IS NULL) ORDER BY iteration DESC LIMIT 1',
      run, difficulty,
    );
    const probe = newest && readProbe(store, run, newest.iteration, difficulty);
    if (!probe) return [];
    const { iteration, steps, problems, errors, energies } = probe;
    const updates = lowestUpdates(energies, problems);
    const lowestEnergy = energies.length === 0 ? null : { error: meanAtLowest(energies, errors, problems), updates: updates.reduce((sum, update) => sum + update, 0) / problems };
    return [{ run, iteration, difficulty, steps, problems, meanErrors: momentsOf(errors, problems).means, lowestEnergy }];
  });
}
