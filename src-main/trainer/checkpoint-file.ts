import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { runConfigSchema, type RunConfig } from '../contract/config.ts';
import { BasinError, toErrorData } from '../contract/errors.ts';
import { readFileBytes, writeFileAtomic, type Written } from '../formats/files.ts';
import { decodeSafetensors, encodeSafetensors, type Safetensors } from '../formats/safetensors.ts';
import type { TensorToWrite } from '../formats/tensors.ts';
import type { State } from './initialise.ts';
import { COLUMNS, makeColumns, type ReplayColumns, type ReplayState } from './replay-columns.ts';

/**
 * Everything that a run needs to go on as if it had never stopped. Random numbers are made from (seed, purpose,
 * iteration), so the seed in the configuration and the iteration are all there is to know about them.
 */
export interface Checkpoint {
  /** Iterations done. */
  readonly iteration: number;
  readonly config: RunConfig;
  /** Parameters under their PyTorch names, Adam's moments as `adam.m.…` and `adam.v.…`. */
  readonly state: State;
  /** Absent where the run keeps no replay buffer. */
  readonly replay?: ReplayState;
}

const FORMAT = 'basin-checkpoint-1';

/**
 * Writes a checkpoint as a safetensors file, whole or not at all. The same checkpoint gives the same bytes. Arrays must
 * not change before the promise resolves.
 *
 * @throws BasinError `file.disk-full`, `file.access`, `file.write`
 */
export async function writeCheckpoint(path: string, checkpoint: Checkpoint): Promise<Written> {
  const { iteration, config, state, replay } = checkpoint;
  const tensors: Record<string, TensorToWrite> = {};
  for (const [name, shape] of Object.entries(state.shapes)) tensors[name] = { shape, data: state.values[name]! };
  if (replay) Object.assign(tensors, replayTensors(replay));
  const parts = encodeSafetensors(tensors, {
    format: FORMAT,
    iteration: String(iteration),
    config: JSON.stringify(config),
    ...(replay ? { 'replay.next': String(replay.next) } : {}),
  });
  await mkdir(dirname(path), { recursive: true }).catch((cause: unknown) => {
    throw new BasinError('file.access', `The folder ${dirname(path)} cannot be made: ${toErrorData(cause).message}`, { kind: 'operational', details: { path }, cause });
  });
  return writeFileAtomic(path, parts);
}

/**
 * Reads a checkpoint.
 *
 * @param sha256 the file's hash as it was stored when the file was written; the file is refused when it differs
 * @throws BasinError `checkpoint.corrupt` for a file that is missing, cut off, altered or no checkpoint
 */
export function readCheckpoint(path: string, sha256?: string): Checkpoint {
  const bytes = bytesOf(path);
  if (sha256 !== undefined) {
    const actual = createHash('sha256').update(bytes).digest('hex');
    if (actual !== sha256) throw corrupt(path, `it has ${bytes.length} bytes whose SHA-256 is ${actual.slice(0, 12)}…, and ${sha256.slice(0, 12)}… was written: it was cut off or altered`);
  }
  try {
    return decode(decodeSafetensors(bytes, basename(path)));
  } catch (cause) {
    throw corrupt(path, toErrorData(cause).message, cause);
  }
}

const corrupt = (path: string, reason: string, cause?: unknown): BasinError =>
  new BasinError('checkpoint.corrupt', `The checkpoint ${path} cannot be used: ${reason}`, { kind: 'operational', details: { path }, cause });

function bytesOf(path: string): Uint8Array {
  try {
    return readFileBytes(path);
  } catch (cause) {
    throw corrupt(path, toErrorData(cause).message, cause);
  }
}

function decode({ tensors, metadata }: Safetensors): Checkpoint {
  if (metadata['format'] !== FORMAT) throw new Error(`its format is ${JSON.stringify(metadata['format'] ?? 'unknown')}, and this version of Basin reads ${FORMAT}`);
  const iteration = Number(metadata['iteration']);
  if (!Number.isSafeInteger(iteration) || iteration < 0) throw new Error(`its iteration is ${JSON.stringify(metadata['iteration'])}`);
  const own = Object.entries(tensors).filter(([name]) => !name.startsWith('replay.'));
  const state: State = {
    values: Object.fromEntries(own.map(([name, { data }]) => [name, data as Float32Array])),
    shapes: Object.fromEntries(own.map(([name, { shape }]) => [name, shape])),
  };
  const config = runConfigSchema.parse(JSON.parse(metadata['config'] ?? 'null'));
  const next = metadata['replay.next'];
  return { iteration, config, state, ...(next === undefined ? {} : { replay: replayOf(tensors, Number(next)) }) };
}

function replayTensors({ living, ancestors }: ReplayState): Record<string, TensorToWrite> {
  const entries = living.columns.uid.length;
  const dead = ancestors.columns.uid.length;
  const table = (data: Float32Array, rows: number): TensorToWrite => ({ shape: [rows, rows === 0 ? 0 : data.length / rows], data });
  return {
    'replay.x': table(living.x, entries),
    'replay.answers': table(living.answers, entries),
    'replay.targets': table(living.targets, entries),
    'replay.visits': { shape: [entries, living.visitWidth], data: living.visits },
    ...columnTensors('replay', living.columns),
    'replay.ancestors.visits': { shape: [dead, ancestors.visitWidth], data: ancestors.visits },
    ...columnTensors('replay.ancestors', ancestors.columns),
  };
}

const columnTensors = (prefix: string, columns: ReplayColumns): Record<string, TensorToWrite> =>
  Object.fromEntries(COLUMNS.map((column) => [`${prefix}.${column}`, { shape: [columns[column].length], data: columns[column] }]));

function replayOf(tensors: Safetensors['tensors'], next: number): ReplayState {
  const tensor = (name: string) => {
    const found = tensors[name];
    if (!found) throw new Error(`its tensor ${name} is missing`);
    return found;
  };
  const floats = (name: string) => tensor(name).data as Float32Array;
  const columnsOf = (prefix: string): ReplayColumns => {
    const types = makeColumns(0);
    const columns = COLUMNS.map((column) => {
      const { data } = tensor(`${prefix}.${column}`);
      if (data.constructor !== types[column].constructor) throw new Error(`its tensor ${prefix}.${column} has another type of number`);
      return [column, data] as const;
    });
    return Object.fromEntries(columns) as unknown as ReplayColumns;
  };
  const visits = tensor('replay.visits');
  const ancestorVisits = tensor('replay.ancestors.visits');
  return {
    next,
    living: { columns: columnsOf('replay'), x: floats('replay.x'), answers: floats('replay.answers'), targets: floats('replay.targets'), visits: visits.data as Float32Array, visitWidth: visits.shape[1]! },
    ancestors: { columns: columnsOf('replay.ancestors'), visits: ancestorVisits.data as Float32Array, visitWidth: ancestorVisits.shape[1]! },
  };
}
