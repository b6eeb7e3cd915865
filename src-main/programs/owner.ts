/*
 * The other end of program.ts: how a program talks to the one who started it. A forked Node process has `process.send`; in
 * Electron's utility process there is `process.parentPort` instead.
 */

/** The one who started this process. */
export interface Owner<Sent, Received> {
  /** Messages are copied as structured clones and keep their order. Resolves when the message is out, or the owner is gone. */
  send(message: Sent): Promise<void>;
  /** Messages wait for the first listener. */
  onMessage(listener: (message: Received) => void): void;
  /** Called when the owner is gone but this process is not. */
  onGone(listener: () => void): void;
  /** Ends this process when all that was sent has arrived. */
  exit(): Promise<void>;
}

/** `process.parentPort` as Electron has it; its types stay out of programs that run without Electron. */
interface ParentPort {
  on(event: 'message', listener: (message: { readonly data: unknown }) => void): unknown;
  postMessage(message: unknown): void;
}

/**
 * Said by a program that wants to end, and answered by its owner. Electron reports the end of a utility process on another
 * pipe than its messages: the last of them would be lost when the process ended as soon as they are sent.
 */
export const GOODBYE = 'goodbye';

/** @throws Error where nobody started this process as a program of ours. */
export function connectOwner<Sent, Received>(): Owner<Sent, Received> {
  const { parentPort } = process as { parentPort?: ParentPort };
  if (parentPort) return overPort(parentPort);
  if (process.send) return overFork();
  throw new Error('This program is started by Basin, not by hand');
}

function overFork<Sent, Received>(): Owner<Sent, Received> {
  let delivered: Promise<void> = Promise.resolve();
  return {
    send: (message) =>
      (delivered = new Promise((resolve) => {
        if (process.connected) process.send!(message, undefined, undefined, () => resolve());
        else resolve();
      })),
    onMessage: (listener) => void process.on('message', (message) => listener(message as Received)),
    onGone: (listener) => void process.on('disconnect', listener),
    exit: async () => {
      // Messages keep their order: when the last one is out, all are.
      await delivered;
      process.exit();
    },
  };
}

function overPort<Sent, Received>(port: ParentPort): Owner<Sent, Received> {
  return {
    send: (message) => {
      port.postMessage(message);
      return Promise.resolve();
    },
    onMessage: (listener) =>
      void port.on('message', ({ data }) => {
        if (data !== GOODBYE) listener(data as Received);
      }),
    // A utility process does not outlive the one who started it.
    onGone: () => undefined,
    exit: () =>
      new Promise(() => {
        port.on('message', ({ data }) => {
          if (data === GOODBYE) process.exit();
        });
        port.postMessage(GOODBYE);
      }),
  };
}
