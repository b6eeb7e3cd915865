import * as tf from '@tensorflow/tfjs-core';
import { toErrorData } from '../contract/errors.ts';
import { connectOwner } from '../programs/owner.ts';
import { checkGolden, TOLERANCE } from './golden/check.ts';
import { createEngine } from './index.ts';
import type { ProbeMessage, ProbeRequest } from './probe.ts';
import { timeReasoning, timeTraining } from './timing.ts';
import type { Engine, EngineId } from './types.ts';

/*
 * The program that tries one engine: started by probe.ts, told which by its first message, and ended by its parent.
 * Native libraries may crash or hang here without taking anything else down.
 */

const owner = connectOwner<ProbeMessage, ProbeRequest>();
/** Resolves when the message is on its way: an eager engine may block this thread right after. */
const send = (message: ProbeMessage): Promise<void> => owner.send(message);

async function versionsOf({ engine, device }: EngineId): Promise<Record<string, string>> {
  const versions: Record<string, string> = { node: process.versions.node, 'tfjs-core': tf.version_core };
  // Loads a native library, so only where the engine has loaded it anyway.
  if (engine === 'compiled') versions['onnxruntime-node'] = (await import('onnxruntime-node')).env.versions.node ?? 'unknown';
  if (device === 'wasm') versions['tfjs-backend-wasm'] = (await import('@tensorflow/tfjs-backend-wasm')).version_wasm;
  return versions;
}

/** Each measurement gets an engine of its own: shapes and memory of another would disturb it. */
async function using<T>(id: EngineId, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await createEngine(id);
  try {
    return await work(engine);
  } finally {
    await engine.dispose();
  }
}

async function probe({ id, shape }: ProbeRequest): Promise<void> {
  try {
    const relativeError = await using(id, async (engine) => {
      await send({ type: 'started', versions: await versionsOf(id) });
      return checkGolden(engine);
    });
    await send({ type: 'checked', relativeError, allowed: TOLERANCE });
    if (relativeError <= TOLERANCE) {
      const tick = () => send({ type: 'tick' });
      await send({ type: 'trained', ms: await using(id, (engine) => timeTraining(engine, shape, tick)) });
      await send({ type: 'reasoned', ms: await using(id, (engine) => timeReasoning(engine, shape, tick)) });
    }
    await send({ type: 'done' });
  } catch (error) {
    await send({ type: 'failed', error: toErrorData(error) });
  }
}

owner.onMessage((request) => void probe(request));
