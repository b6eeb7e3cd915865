import { writeLog, type LogLevel } from '../../db/log.ts';
import { readReferences, writeReferences } from '../../db/references.ts';
import { claimRun, endRun } from '../../db/run-life.ts';
import { openStore, type WriteStore } from '../../db/open.ts';
import { toErrorData } from '../contract/errors.ts';
import type { Divergence, TrainerEvent, TrainerStart } from '../contract/events.ts';
import { createEngine } from '../engine/index.ts';
import type { Engine, EngineId } from '../engine/types.ts';
import { methodFor } from '../methods/index.ts';
import type { Widths } from '../methods/types.ts';
import { openTask } from '../tasks/index.ts';
import type { Task } from '../tasks/types.ts';
import { resumePoint } from './checkpoints.ts';
import type { Control } from './control.ts';
import { sizeOf } from './initialise.ts';
import { train } from './loop.ts';
import { Probes } from './probes.ts';
import { Recorder } from './recorder.ts';
import { beginReferences } from './references.ts';
import { freshStart, startFrom } from './restore.ts';

type Ended = Extract<TrainerEvent, { type: 'ended' }>;
type Log = (level: LogLevel, iteration: number, message: string) => void;

/**
 * Trains one run from its latest good checkpoint (or from the beginning) until it is finished, stopped or diverged, and
 * records everything in the store. Never rejects: a failure is the status `failed` with its error.
 *
 * @returns what was last sent to the owner
 */
export async function runTraining(start: TrainerStart, control: Control): Promise<Ended> {
  const ended = await attempt(start, control);
  control.send(ended);
  return ended;
}

async function attempt(start: TrainerStart, control: Control): Promise<Ended> {
  let store: WriteStore | undefined;
  try {
    store = openStore(start.folder);
    // A run that another process owns is none of our business, not even to mark it as failed.
    claimRun(store, start.run, process.pid);
    return await claimed(store, start, control);
  } catch (error) {
    return { type: 'ended', status: 'failed', iteration: 0, error: toErrorData(error) };
  } finally {
    store?.close();
  }
}

/** From the claim on, the run's row says how it ended, whatever happens. */
async function claimed(store: WriteStore, start: TrainerStart, control: Control): Promise<Ended> {
  let ended: Ended;
  const progress = { iteration: 0 };
  try {
    ended = await withEngine(store, start, control, progress);
  } catch (error) {
    ended = { type: 'ended', status: 'failed', iteration: progress.iteration, error: toErrorData(error) };
  }
  try {
    const { type: _, ...ending } = ended;
    endRun(store, start.run, ending);
  } catch (error) {
    // The store is what failed: its row stays `running` under a process that is gone, and becomes `interrupted`.
    if (ended.status !== 'failed') ended = { type: 'ended', status: 'failed', iteration: ended.iteration, error: toErrorData(error) };
  }
  return ended;
}

async function withEngine(store: WriteStore, start: TrainerStart, control: Control, progress: { iteration: number }): Promise<Ended> {
  const { config, run } = start;
  const task = openTask(config);
  const engine = await createEngine({ engine: start.engine, device: start.device } as EngineId, { sparing: start.sparing ?? false });
  let probes: Probes | undefined;
  let references: Recording | undefined;
  try {
    const log: Log = (level, iteration, message) => {
      writeLog(store, run, { iteration, level, message });
      control.send({ type: 'log', level, iteration, message });
    };
    const { shapes, buffer, iteration, checkpoint, parameters } = await place(engine, store, start, task.widths, log);
    progress.iteration = iteration;
    if (config.probe_every > 0) probes = await Probes.open(engine, config, task);
    const recorder = new Recorder({ store, run, config, control, engine, shapes, buffer, probes, iteration, checkpoint });
    if (iteration > 0) log('info', iteration, `Goes on from the checkpoint of iteration ${iteration}`);
    control.send({ type: 'ready', engine: engine.id.engine, device: engine.id.device, parameters, iteration });
    references = trivialAnswers(store, start, task, control, log);
    try {
      const trained = await train(engine, config, task, buffer, iteration, recorder);
      const finished = trained.iteration >= config.iterations;
      if (trained.divergence || finished) await references.finished;
      if (trained.divergence) return await diverged(recorder, trained.divergence, log);
      await recorder.end(trained.iteration, { finished });
      return { type: 'ended', status: finished ? 'finished' : 'stopped', iteration: trained.iteration };
    } catch (error) {
      progress.iteration = recorder.iteration;
      // What can still be saved is saved; the error that ended the training is the one to report.
      await recorder.abandon().catch(() => undefined);
      throw error;
    }
  } finally {
    await references?.cancel();
    await probes?.dispose();
    await engine.dispose();
  }
}

interface Recording {
  /** Never rejects. */
  readonly finished: Promise<void>;
  readonly cancel: () => Promise<void>;
}

/** Measures a run's trivial answers when it first starts, and records them. Without them a run is as good: a failure is a warning. */
function trivialAnswers(store: WriteStore, { run, config }: TrainerStart, task: Task, control: Control, log: Log): Recording {
  if (readReferences(store, run).length > 0) return { finished: Promise.resolve(), cancel: () => Promise.resolve() };
  let cancelled = false;
  const { finished, cancel } = beginReferences(config, task);
  const recorded = finished
    .then((references) => {
      if (!references || cancelled) return;
      writeReferences(store, run, references);
      control.send({ type: 'references', references });
    })
    .catch((error: unknown) => log('warning', 0, `The trivial answers could not be measured: ${toErrorData(error).message}`));
  return {
    finished: recorded,
    cancel: () => {
      cancelled = true;
      return cancel();
    },
  };
}

/** Puts the latest good checkpoint, or what the seed gives, on the engine. The file's memory is free when this returns. */
async function place(engine: Engine, store: WriteStore, { run, config }: TrainerStart, widths: Widths, log: Log) {
  const specs = methodFor(config.method).parameters(config, widths);
  const loaded = resumePoint(store, run, (message, iteration) => log('warning', iteration, message));
  const { state, buffer, iteration } = loaded ? startFrom(loaded.checkpoint, config, specs, widths) : freshStart(config, specs, widths);
  await engine.setState(state.values, state.shapes);
  return {
    shapes: state.shapes,
    buffer,
    iteration,
    checkpoint: loaded && { iteration, best: loaded.row.best },
    parameters: specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
  };
}

async function diverged(recorder: Recorder, found: Omit<Divergence, 'checkpoint'>, log: Log): Promise<Ended> {
  await recorder.abandon();
  const checkpoint = recorder.lastCheckpoint;
  const where = found.quantity !== 'energy' ? `the ${found.quantity}` : found.step === 0 ? 'the energy of the first answers' : `the energy after update ${found.step}`;
  const advice = checkpoint === undefined ? 'No checkpoint was made before.' : `The last good checkpoint is that of iteration ${checkpoint}.`;
  log('error', found.iteration, `Diverged: at iteration ${found.iteration}, ${where} is not a finite number. ${advice}`);
  return { type: 'ended', status: 'diverged', iteration: found.iteration, divergence: { ...found, ...(checkpoint === undefined ? {} : { checkpoint }) } };
}
