import { createRequire } from 'node:module';
import util from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { BasinError } from '../../contract/errors.ts';

/** A tfjs backend that can run steps eagerly. */
export type EagerDevice = 'tensorflow' | 'wasm' | 'cpu';

/**
 * Loads a tfjs backend and makes it the active one.
 *
 * @throws BasinError `engine.unavailable` when its package or native library is missing or broken; details: reason, hint.
 */
export async function loadBackend(device: EagerDevice): Promise<void> {
  // Silences tfjs's greeting and its hints for beginners; numbers are the same.
  tf.enableProdMode();
  try {
    await LOADERS[device]();
    if (!(await tf.setBackend(device))) throw new Error(`tfjs could not start its backend "${device}"`);
  } catch (error) {
    const reason = reasonOf(error);
    throw new BasinError('engine.unavailable', `eager/${device} cannot be used here: ${reason}`, { kind: 'operational', details: { reason, hint: HINTS[device] }, cause: error });
  }
}

const LOADERS: Readonly<Record<EagerDevice, () => unknown>> = {
  cpu: () => import('@tensorflow/tfjs-backend-cpu'),
  wasm: loadWasm,
  tensorflow: loadTensorflow,
};

const HINTS: Readonly<Record<EagerDevice, string>> = {
  cpu: 'Run `npm ci` again: @tensorflow/tfjs-backend-cpu is incomplete',
  wasm: 'Run `npm ci` again: @tensorflow/tfjs-backend-wasm is incomplete',
  tensorflow: 'Run `npm install @tensorflow/tfjs-node-gpu` where its downloads are reachable; a GPU needs CUDA 11 and cuDNN 8 as well',
};

/** Node's loader appends the chain of requiring files; one line is enough in a table. */
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n')[0]!.trim();

/** Emscripten's start-up code rethrows every stray rejection of the whole process from listeners of its own. */
async function loadWasm(): Promise<void> {
  const before = { exception: process.listeners('uncaughtException'), rejection: process.listeners('unhandledRejection') };
  await import('@tensorflow/tfjs-backend-wasm');
  await tf.setBackend('wasm');
  for (const listener of process.listeners('uncaughtException')) if (!before.exception.includes(listener)) process.off('uncaughtException', listener);
  for (const listener of process.listeners('unhandledRejection')) if (!before.rejection.includes(listener)) process.off('unhandledRejection', listener);
}

/**
 * TensorFlow's own kernels. tfjs-node 4.22 calls functions that Node 23 took out of `util` (tensorflow/tfjs#8425, never
 * released): they are put back before it loads. `isArray` still exists, but warns.
 */
function loadTensorflow(): void {
  const legacy = util as unknown as Record<string, unknown>;
  legacy['isNullOrUndefined'] = (value: unknown) => value === null || value === undefined;
  legacy['isArray'] = (value: unknown) => Array.isArray(value);
  // Information messages off, warnings on; and no grabbing of the whole GPU, which several runs may share.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '1';
  process.env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true';
  createRequire(import.meta.url)('@tensorflow/tfjs-node-gpu');
}
