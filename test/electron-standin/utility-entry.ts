import { EventEmitter } from 'node:events';
import { isMainThread } from 'node:worker_threads';

/* Loaded before a utility process's own file: it has `process.parentPort` and no channel of Node's. */

// Threads of the process load it as well, and have neither.
if (isMainThread) becomeUtility();

function becomeUtility(): void {
  const send = process.send!.bind(process);

  class ParentPort extends EventEmitter {
    postMessage(message: unknown): void {
      send(structuredClone(message), undefined, undefined, () => undefined);
    }
  }

  const port = new ParentPort();
  const waiting: unknown[] = [];
  const tell = (data: unknown) => port.emit('message', { data, ports: [] });
  process.on('message', (message) => {
    if (port.listenerCount('message') === 0) waiting.push(message);
    else tell(message);
  });
  port.on('newListener', (name) => {
    if (name !== 'message') return;
    // The listener is not there yet.
    queueMicrotask(() => {
      for (const message of waiting.splice(0)) tell(message);
    });
  });
  // A utility process does not outlive the app.
  process.on('disconnect', () => process.exit());
  Object.defineProperty(process, 'parentPort', { value: port, enumerable: true });
  Object.defineProperty(process, 'send', { value: undefined });
}
