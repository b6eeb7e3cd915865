import { copyFileSync, linkSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { PresetName, RunConfig } from '../contract/config.ts';
import { BasinError } from '../contract/errors.ts';
import { resolveConfig } from '../contract/settings.ts';
import { addCheckpoint, checkpointPath, type CheckpointRow } from '../../db/checkpoints.ts';
import { createRun, deleteRun, type NewRun, type RunRow } from '../../db/runs.ts';
import type { WriteStore } from '../../db/open.ts';
import { openTask } from '../tasks/index.ts';
import type { Widths } from '../methods/types.ts';
import { checkpointFile } from '../trainer/checkpoints.ts';
import { readCheckpoint, writeCheckpoint } from '../trainer/checkpoint-file.ts';
import { shapeChanges } from './network-shape.ts';
import type { ImportedWeights } from './import-weights.ts';

/** Settings by name, as a person gave them. */
export type Changes = Readonly<Record<string, unknown>>;

/**
 * The configuration of a new run, with its task opened once to see that it can be.
 *
 * @throws BasinError `config.*`, or `dataset.*` and `file.*` for a data file that cannot be used
 */
export function planRun(changes: Changes, preset?: PresetName): { config: RunConfig; widths: Widths } {
  const config = resolveConfig(absoluteData(changes), preset);
  return { config, widths: openTask(config).widths };
}

/** Settings with the data file's absolute path: a run may be resumed from another folder than it was started in. */
export function absoluteData(changes: Changes): Changes {
  const { data } = changes;
  return typeof data === 'string' && data !== '' ? { ...changes, data: resolve(data) } : changes;
}

/**
 * The configuration with which a run goes on.
 *
 * @param from iteration of its last checkpoint, 0 without one
 * @param iterations in the whole run; as configured unless given
 * @throws BasinError `resume.finished` when nothing is left to do, `resume.diverged`, `config.value`
 */
export function planResume(run: RunRow, from: number, iterations?: number): RunConfig {
  if (run.status === 'diverged') {
    throw new BasinError('resume.diverged', `Run ${run.id} (${run.name}) diverged at iteration ${run.divergence?.iteration ?? run.iteration}, and would again: fork it with other settings, for example \`basin fork ${run.id} --set learning_rate=${run.config.learning_rate / 10}\``);
  }
  const config = iterations === undefined ? run.config : resolveConfig({ ...run.config, iterations });
  if (config.iterations <= from) {
    throw new BasinError('resume.finished', `Run ${run.id} (${run.name}) has done ${from} iterations and iterations = ${config.iterations}: give a larger number with --iterations to train it further`);
  }
  return config;
}

/**
 * The configuration of a fork.
 *
 * @throws BasinError `fork.shape` naming the settings that would change the network, `fork.finished` when no iteration is
 *   left after the checkpoint, `config.*`
 */
export function planFork(parent: RunRow, checkpoint: CheckpointRow, changes: Changes): { config: RunConfig; widths: Widths } {
  const { config, widths } = planRun({ ...parent.config, ...changes });
  const refused = shapeChanges(parent.config, config, (candidate) => openTask(candidate).widths);
  if (refused.length > 0) {
    const list = refused.map((name) => `${name} (${JSON.stringify(parent.config[name])} → ${JSON.stringify(config[name])})`).join(', ');
    throw new BasinError('fork.shape', `A fork of run ${parent.id} keeps its weights, so the network must keep its shape: ${list} cannot change. Train a new run instead.`, { details: { settings: refused } });
  }
  if (config.iterations <= checkpoint.iteration) {
    throw new BasinError('fork.finished', `The fork starts at iteration ${checkpoint.iteration} and iterations = ${config.iterations}: give a larger number with --iterations`);
  }
  return { config, widths };
}

/**
 * Records a fork that starts from its parent's checkpoint; the file is shared where the disk can (checkpoint files are
 * never changed), else copied. Nothing is left when it fails.
 *
 * @throws BasinError `checkpoint.corrupt` when the parent's file is missing or damaged
 */
export function createFork(store: WriteStore, fork: NewRun, checkpoint: CheckpointRow): number {
  const original = checkpointPath(store, checkpoint);
  readCheckpoint(original, checkpoint.sha256);
  const id = createRun(store, fork);
  try {
    const file = checkpointFile(id, checkpoint.iteration);
    const path = join(store.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    try {
      linkSync(original, path);
    } catch {
      copyFileSync(original, path);
    }
    // Its error was measured by the parent's probe, which the fork may have changed.
    addCheckpoint(store, id, { ...checkpoint, file, best: false, error: null });
    return id;
  } catch (error) {
    undo(store, id);
    throw error;
  }
}

/** Records a run that starts from weights made elsewhere. Nothing is left when it fails. */
export async function createImported(store: WriteStore, run: NewRun, { config, state }: ImportedWeights): Promise<number> {
  const id = createRun(store, { ...run, status: 'stopped' });
  try {
    const file = checkpointFile(id, 0);
    const { sha256, bytes } = await writeCheckpoint(join(store.folder, file), { iteration: 0, config, state });
    addCheckpoint(store, id, { iteration: 0, file, sha256, bytes, best: false, error: null });
    return id;
  } catch (error) {
    undo(store, id);
    throw error;
  }
}

function undo(store: WriteStore, id: number): void {
  deleteRun(store, id);
  rmSync(dirname(join(store.folder, checkpointFile(id, 0))), { recursive: true, force: true });
}
