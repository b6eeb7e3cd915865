import { transaction, type WriteStore } from '../../db/open.ts';
import { writeProbe } from '../../db/probes.ts';
import { replaceReplay } from '../../db/replay.ts';
import type { RunConfig } from '../contract/config.ts';
import type { ProbeResult } from '../contract/events.ts';
import type { Engine } from '../engine/types.ts';
import type { Shape } from '../methods/types.ts';
import { checkpointFile, CheckpointWriter } from './checkpoints.ts';
import type { Control } from './control.ts';
import type { Watcher } from './loop.ts';
import { finalError, type Probes } from './probes.ts';
import type { ReplayBuffer } from './replay-buffer.ts';
import { metricsOf, Telemetry, type Measured } from './telemetry.ts';

/** What a recorder writes about, and where to. */
export interface Recorded {
  readonly store: WriteStore;
  readonly run: number;
  readonly config: RunConfig;
  readonly control: Control;
  readonly engine: Engine;
  /** Engine state that a checkpoint keeps. */
  readonly shapes: Readonly<Record<string, Shape>>;
  readonly buffer: ReplayBuffer | undefined;
  /** Undefined when the run never probes. */
  readonly probes: Probes | undefined;
  /** Iterations done before this process. */
  readonly iteration: number;
  /** The checkpoint it went on from. */
  readonly checkpoint: { readonly iteration: number; readonly best: boolean } | undefined;
}

/** Watches the loop: metrics, probes, checkpoints and copies of the replay buffer, each at its interval. */
export class Recorder implements Watcher {
  private readonly about: Recorded;
  private readonly telemetry: Telemetry;
  private readonly checkpoints: CheckpointWriter;
  private beganAt: number | undefined;
  private done: number;
  private probed: number | undefined;
  /** Mean error of the `same` problems, and when it was measured. */
  private measured: { iteration: number; error: number } | undefined;
  /** The last checkpoint whose file is whole. */
  private saved: Recorded['checkpoint'];
  private replayStored: number | undefined;

  constructor(about: Recorded) {
    this.about = about;
    const { store, run, control } = about;
    this.telemetry = new Telemetry(store, run, about.iteration, control.send);
    this.done = about.iteration;
    this.saved = about.checkpoint;
    this.checkpoints = new CheckpointWriter(store, run, about.config.checkpoint_keep, ({ iteration, file, best }) => {
      this.saved = { iteration, best };
      control.send({ type: 'checkpoint', iteration, file, best });
    });
  }

  get stopRequested(): boolean {
    return this.about.control.stopRequested;
  }

  /** The last finished iteration. */
  get iteration(): number {
    return this.done;
  }

  /** Iteration of the last good checkpoint; undefined when there is none. */
  get lastCheckpoint(): number | undefined {
    return this.saved?.iteration;
  }

  began(): void {
    const now = performance.now();
    if (this.beganAt !== undefined) this.telemetry.close(now - this.beganAt);
    this.beganAt = now;
    this.telemetry.tick();
    this.checkpoints.check();
  }

  finished(measured: Measured): void {
    this.done = measured.iteration;
    const { outcome, rows, replayed } = measured;
    this.telemetry.record(measured.iteration, metricsOf(measured, this.about.config), outcome.energies.length > 0 ? { values: outcome.energies, rows, replayed } : undefined);
  }

  async settled(iteration: number): Promise<void> {
    const { config, control } = this.about;
    const isDue = (every: number) => every > 0 && iteration % every === 0;
    if (isDue(config.probe_every)) await this.probe(iteration);
    // Before the checkpoint: whoever goes on from that finds everything up to it in the store.
    if (isDue(config.replay_store_every) || control.takeReplayRequest()) this.storeReplay(iteration);
    if (isDue(config.checkpoint_every)) await this.checkpoint(iteration, { measure: true });
    if (control.takeCheckpointRequest()) await this.checkpoint(iteration, { measure: false });
  }

  /** Saves what a run that ends well leaves behind; a finished one is probed as well. Resolves when all is on the disk. */
  async end(iteration: number, { finished }: { finished: boolean }): Promise<void> {
    this.closeTelemetry();
    if (finished && this.about.probes && this.probed !== iteration) await this.probe(iteration);
    if (this.replayStored !== iteration) this.storeReplay(iteration);
    await this.checkpoints.idle();
    if (iteration > 0 && this.saved?.iteration !== iteration) await this.checkpoint(iteration, { measure: false });
    await this.checkpoints.idle();
    this.telemetry.flush();
    this.answerLate(iteration);
  }

  /** Whoever asked for a checkpoint or a copy of the buffer during the last iteration has it now. */
  private answerLate(iteration: number): void {
    const { control, run, buffer } = this.about;
    if (control.takeReplayRequest() && buffer) control.send({ type: 'replay', iteration });
    if (control.takeCheckpointRequest() && this.saved) control.send({ type: 'checkpoint', iteration: this.saved.iteration, file: checkpointFile(run, this.saved.iteration), best: this.saved.best });
  }

  /** Saves what there is of a run that ends badly: its metrics, and the checkpoint that is being written. */
  async abandon(): Promise<void> {
    this.closeTelemetry();
    try {
      this.telemetry.flush();
    } finally {
      await this.checkpoints.idle();
    }
  }

  private closeTelemetry(): void {
    if (this.beganAt !== undefined) this.telemetry.close(performance.now() - this.beganAt);
    this.beganAt = undefined;
    this.telemetry.flushToOwner();
  }

  private async probe(iteration: number): Promise<void> {
    const { probes, store, run, control } = this.about;
    if (!probes) return;
    // Probing takes a while: a crash meanwhile must not cost metrics.
    this.telemetry.flush();
    const results: ProbeResult[] = [];
    for (const difficulty of probes.difficulties) results.push(await probes.solve(difficulty, iteration));
    this.probed = iteration;
    this.measured = { iteration, error: finalError(results[0]!) };
    transaction(store, () => {
      for (const probe of results) writeProbe(store, run, probe);
    });
    for (const probe of results) control.send({ type: 'probe', probe });
  }

  /** @param options.measure whether to solve the probe's problems when this iteration has no probe of its own */
  private async checkpoint(iteration: number, options: { measure: boolean }): Promise<void> {
    const { run, config, control, engine, shapes, buffer, probes } = this.about;
    await this.checkpoints.idle();
    if (this.saved?.iteration === iteration) {
      // Nothing has changed since; whoever asked for it hears where it is.
      control.send({ type: 'checkpoint', iteration, file: checkpointFile(run, iteration), best: this.saved.best });
      return;
    }
    // What a checkpoint goes on from is never ahead of the metrics in the store.
    this.telemetry.flush();
    if (options.measure && probes && this.measured?.iteration !== iteration) this.measured = { iteration, error: finalError(await probes.solve('same', iteration)) };
    const error = this.measured?.iteration === iteration && Number.isFinite(this.measured.error) ? this.measured.error : null;
    const values = await engine.getState(Object.keys(shapes));
    const replay = buffer?.state(this.checkpoints.spare);
    this.checkpoints.begin({ iteration, config, state: { values, shapes }, ...(replay ? { replay } : {}) }, error);
  }

  private storeReplay(iteration: number): void {
    const { store, run, buffer, control } = this.about;
    if (!buffer) return;
    this.telemetry.flush();
    replaceReplay(store, run, buffer.snapshot(iteration));
    this.replayStored = iteration;
    control.send({ type: 'replay', iteration });
  }
}
