import { parentPort, workerData } from 'node:worker_threads';
import { toErrorData } from '../../contract/errors.ts';
import type { ReplyMessage, RequestMessage, RuntimeOptions } from './protocol.ts';
import { Runtime } from './runtime.ts';

/** The thread that ONNX Runtime blocks. Requests are answered in order. */
const port = parentPort!;
const runtime = new Runtime(workerData as RuntimeOptions);
let last: Promise<void> = Promise.resolve();

async function answer({ id, request }: RequestMessage): Promise<void> {
  const reply = (message: ReplyMessage) => port.postMessage(message);
  try {
    reply({ id, value: await runtime.handle(request) });
  } catch (error) {
    reply({ id, error: toErrorData(error) });
  }
}

port.on('message', (message: RequestMessage) => {
  last = last.then(() => answer(message));
});
