import type { LineageVisit } from '../../contract/api/replay.ts';
import type { ReplayAncestor, ReplayEntry } from '../../contract/replay.ts';
import { readLineage, readReplayColumns, readReplayEntry } from '../../../db/replay.ts';
import { getRun } from '../../../db/runs.ts';
import { flat } from '../flat.ts';
import { breathe } from '../breathe.ts';
import type { Context, Handlers } from '../context.ts';

type Names = 'replay.columns' | 'replay.vectors' | 'replay.lineage' | 'replay.refresh';

export const replayHandlers = ({ workbench }: Context): Handlers<Names> => ({
  'replay.columns': ({ run }) => {
    const { config } = getRun(workbench.store, run);
    const columns = readReplayColumns(workbench.store, run);
    return { ...columns, capacity: config.replay_capacity, newestGeneration: newestGenerations(columns.problem, columns.generation) };
  },
  'replay.vectors': async ({ run, uids }) => {
    getRun(workbench.store, run);
    const found = [];
    const rest = breathe();
    for (const uid of uids) {
      const entry = readReplayEntry(workbench.store, run, uid);
      if (entry) found.push(entry);
      await rest();
    }
    return { uids: found.map(({ uid }) => uid), x: flat(found.map(({ x }) => x)), y: flat(found.map(({ y }) => y)), target: flat(found.map(({ target }) => target)) };
  },
  'replay.lineage': ({ run, uid }) => {
    getRun(workbench.store, run);
    return { visits: readLineage(workbench.store, run, uid).map(toVisit) };
  },
  'replay.refresh': async ({ run }) => ({ iteration: await workbench.storeReplay(String(run)) }),
});

function toVisit(entry: ReplayEntry | ReplayAncestor): LineageVisit {
  const { uid, parent, problem, generation, born, uses, energy, error, visit, y } = entry;
  return { uid, parent, problem, generation, born, uses, energy, error, visit, y: y ?? null, living: 'x' in entry };
}

/** For each entry, the highest generation among the living ones of its problem. */
function newestGenerations(problems: Float64Array, generations: Float64Array): Float64Array {
  const newest = new Map<number, number>();
  problems.forEach((problem, i) => newest.set(problem, Math.max(newest.get(problem) ?? 0, generations[i]!)));
  return problems.map((problem) => newest.get(problem)!);
}
