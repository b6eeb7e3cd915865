import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import type { RunConfig } from '../contract/config.ts';
import { writeFileAtomic } from '../formats/files.ts';
import { chooseEngine as fastestOf, examineEngines } from '../engine/doctor.ts';
import type { ProbeReport } from '../engine/probe.ts';
import type { EngineId } from '../engine/types.ts';
import type { Widths } from '../methods/types.ts';
import { candidates, engineText, type EngineWish } from './engine-wish.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { versions } from './versions.ts';

/** What was found out about engines before: each is tried once on this machine for each shape of a run. */
const FILE = 'engines.json';
const SHAPES_KEPT = 100;

/** Slower than a compiled engine at every size measured (5 times with one hidden unit, 20 to 180 with 128): tried only where nothing else works. */
const isFallback = ({ engine, device }: EngineId): boolean => engine === 'eager' && device !== 'tensorflow';

interface Remembered {
  readonly key: string;
  readonly reports: readonly ProbeReport[];
}

/** What an engine is tried on, and who hears of it. */
export interface Trial {
  /** Folder of the store, where the findings are kept. */
  readonly folder: string;
  readonly config: RunConfig;
  readonly widths: Widths;
  readonly onStart?: (id: EngineId) => void;
  readonly onReport?: (report: ProbeReport) => void;
}

/**
 * The engine of a run. A wish that leaves one engine is taken as it is; otherwise the fastest of those allowed whose numbers
 * are right. Engines are tried unless they were before, on this machine for a run of this shape.
 *
 * @throws BasinError `usage.engine`, or `engine.none` when none works, with every reason
 */
export async function chooseEngine(trial: Trial, wish?: EngineWish): Promise<EngineId> {
  const allowed = candidates(wish);
  if (allowed.length === 1) return allowed[0]!;
  const native = await reportsOn(trial, allowed.filter((id) => !isFallback(id)));
  return fastestOf(native.some(({ usable }) => usable) ? native : [...native, ...(await reportsOn(trial, allowed.filter(isFallback)))]);
}

/** Two at once would disturb each other's times, and the file that keeps them; who waits finds what the other found. */
const inTurn = oneAtATime();

/** Tries engines now, also those that were tried before, and keeps what was found. */
export const examine = (trial: Trial, engines: readonly EngineId[]): Promise<ProbeReport[]> => inTurn(() => examineNow(trial, engines));

async function examineNow({ folder, config, widths, onStart, onReport }: Trial, engines: readonly EngineId[]): Promise<ProbeReport[]> {
  const found = await examineEngines({ config, widths }, { engines, ...(onStart ? { onStart } : {}), ...(onReport ? { onReport } : {}) });
  const key = keyOf(config, widths);
  const all = remembered(folder);
  const isNew = ({ id }: ProbeReport) => !found.some((report) => engineText(report.id) === engineText(id));
  const before = all.find((entry) => entry.key === key)?.reports.filter(isNew) ?? [];
  const entries: Remembered[] = [{ key, reports: [...found, ...before] }, ...all.filter((entry) => entry.key !== key)];
  mkdirSync(folder, { recursive: true });
  await writeFileAtomic(join(folder, FILE), [new TextEncoder().encode(JSON.stringify(entries.slice(0, SHAPES_KEPT)))]);
  return found;
}

/** What is known of engines, after trying those of which nothing is. */
const reportsOn = (trial: Trial, engines: readonly EngineId[]): Promise<ProbeReport[]> => inTurn(() => reportsNow(trial, engines));

async function reportsNow(trial: Trial, engines: readonly EngineId[]): Promise<ProbeReport[]> {
  const known = knownReports(trial.folder, trial.config, trial.widths);
  const reportOn = (id: EngineId) => known.find((report) => engineText(report.id) === engineText(id));
  const missing = engines.filter((id) => !reportOn(id));
  const found = missing.length > 0 ? await examineNow(trial, missing) : [];
  return [...engines.flatMap((id) => reportOn(id) ?? []), ...found];
}

/** What was found out before about engines on a run of this shape. */
export function knownReports(folder: string, config: RunConfig, widths: Widths): readonly ProbeReport[] {
  const key = keyOf(config, widths);
  return remembered(folder).find((entry) => entry.key === key)?.reports ?? [];
}

/** A file that is missing or damaged holds nothing worth keeping: its engines are tried again. */
function remembered(folder: string): Remembered[] {
  try {
    const entries: unknown = JSON.parse(readFileSync(join(folder, FILE), 'utf8'));
    return Array.isArray(entries) ? (entries as Remembered[]) : [];
  } catch {
    return [];
  }
}

/** Everything that decides which engine is fastest here. */
function keyOf(config: RunConfig, widths: Widths): string {
  const { method, hidden, depth, steps, backprop, batch, replay_fraction, replay_capacity, gradient_clip, langevin_noise, learnable_step_size } = config;
  const shape = { widths, method, hidden, depth, steps, backprop, batch, replay_fraction, replay: replay_capacity > 0, clip: gradient_clip > 0, noise: langevin_noise > 0, learnable_step_size };
  const machine = { host: os.hostname(), platform: process.platform, arch: process.arch, release: os.release(), processors: os.cpus().map(({ model }) => model) };
  return createHash('sha256').update(JSON.stringify({ shape, machine, versions: versions() })).digest('hex');
}
