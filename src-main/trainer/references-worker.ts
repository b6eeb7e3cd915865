import { parentPort, workerData } from 'node:worker_threads';
import type { RunConfig } from '../contract/config.ts';
import { toErrorData } from '../contract/errors.ts';
import { measureReferences, type ReferencesReply } from './references.ts';

/** The thread that measures trivial answers while training goes on: it answers once and ends. */
const reply = (message: ReferencesReply): void => parentPort!.postMessage(message);
try {
  reply({ references: measureReferences(workerData as RunConfig) });
} catch (error) {
  reply({ error: toErrorData(error) });
}
