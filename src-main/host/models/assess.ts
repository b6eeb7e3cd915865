import type { Output } from '../../contract/api/index.ts';
import { BasinError } from '../../contract/errors.ts';
import { readReplayAnswers, replayStoredAt } from '../../../db/replay.ts';
import type { ReadStore } from '../../../db/open.ts';
import { methodFor } from '../../methods/index.ts';
import { openSolver } from '../../trainer/evaluation.ts';
import type { Model } from '../../workbench/model.ts';
import { flat } from '../flat.ts';

/** Rows at a time. */
const CHUNK = 512;
/** A live run replaces its stored buffer now and then: what was read of two copies is read again. */
const TRIES = 3;

/**
 * Energies of a run's stored answers under a model's weights, in order of uid.
 *
 * @throws BasinError `assess.energy` for a method without one, `assess.busy` when the buffer is replaced again and again meanwhile
 */
export async function assess(store: ReadStore, run: number, model: Model): Promise<Output<'replay.assess'>> {
  const { config, engine, task, iteration } = model;
  if (!methodFor(config.method).hasEnergy) throw new BasinError('assess.energy', `Method ${config.method} has no energy: its stored answers cannot be assessed`);
  const solver = await openSolver(engine, config, task.widths, CHUNK);
  try {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const before = replayStoredAt(store, run);
      const uids: number[] = [];
      const energies: number[] = [];
      const next = () => readReplayAnswers(store, run, { after: uids.at(-1) ?? -1, limit: CHUNK });
      for (let entries = next(); entries.length > 0; entries = next()) {
        const questions = { rows: entries.length, x: flat(entries.map(({ x }) => x)), y0: flat(entries.map(({ y }) => y)) };
        energies.push(...(await solver.solve(questions, 0, model.stepSize)).energies);
        uids.push(...entries.map(({ uid }) => uid));
      }
      if (replayStoredAt(store, run) === before) return { iteration, uid: Float64Array.from(uids), energy: Float64Array.from(energies) };
    }
    throw new BasinError('assess.busy', `Run ${run} stored its buffer anew while it was read, ${TRIES} times: stop the run, or try again`, { kind: 'operational', details: { run } });
  } finally {
    await solver.dispose();
  }
}
