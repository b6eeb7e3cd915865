import { PUSHES, REQUESTS, type Input, type Output, type Payload, type PushName, type RequestName } from '../api/index.ts';
import { BasinError, fromErrorData } from '../errors.ts';
import type { Answer, Transport } from './message.ts';

/** A host as a page sees it. */
export interface Client {
  /** @throws BasinError what the host refused with; `host.gone` when the connection ended before the answer. */
  request<Name extends RequestName>(name: Name, input: Input<Name>): Promise<Output<Name>>;
  /** @returns a function that ends the subscription. */
  on<Name extends PushName>(name: Name, listener: (payload: Payload<Name>) => void): () => void;
  /** Called once when the host is gone. @returns a function that ends the subscription. */
  onClose(listener: (reason: string) => void): () => void;
}

/** How answers and pushes reach a page: over a transport, or through Electron's preload. */
export interface Wire {
  call(name: RequestName, input: unknown): Promise<Answer>;
  onPush(listener: (name: string, payload: unknown) => void): void;
  onClose(listener: (reason: string) => void): void;
}

/** Makes a client of a wire. What arrives is checked against the contract before anyone sees it. */
export function createClient(wire: Wire): Client {
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const closers = new Set<(reason: string) => void>();
  wire.onPush((name, payload) => {
    if (!Object.hasOwn(PUSHES, name)) return;
    const parsed = PUSHES[name as PushName].safeParse(payload);
    if (!parsed.success) throw new BasinError('contract.push', `The host sent a message "${name}" that does not fit the contract: ${parsed.error.message}`, { kind: 'bug' });
    for (const listener of listeners.get(name) ?? []) listener(parsed.data as never);
  });
  wire.onClose((reason) => {
    for (const closer of [...closers]) closer(reason);
  });
  return {
    async request(name, input) {
      const answer = await wire.call(name, input);
      if (!answer.ok) throw fromErrorData(answer.error);
      const parsed = REQUESTS[name].output.safeParse(answer.output);
      if (!parsed.success) throw new BasinError('contract.answer', `The host's answer to "${name}" does not fit the contract: ${parsed.error.message}`, { kind: 'bug', details: { name } });
      return parsed.data as Output<typeof name>;
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener);
      return () => set.delete(listener);
    },
    onClose(listener) {
      closers.add(listener);
      return () => closers.delete(listener);
    },
  };
}

/** A wire over a transport. Requests that are open when it closes are refused with `host.gone`. */
export function wireOver(transport: Transport): Wire {
  const open = new Map<number, (answer: Answer) => void>();
  let next = 1;
  let gone: string | undefined;
  const refuse = (reason: string): Answer => ({ ok: false, error: { name: 'BasinError', code: 'host.gone', kind: 'operational', message: `Basin's host is not there any more (${reason}). What was saved is kept; reconnect, or start Basin again.` } });
  let push: (name: string, payload: unknown) => void = () => undefined;
  transport.onMessage((message) => {
    if (message.kind === 'push') push(message.name, message.payload);
    if (message.kind === 'answer') {
      open.get(message.id)?.(message.answer);
      open.delete(message.id);
    }
  });
  const closers: ((reason: string) => void)[] = [];
  transport.onClose((reason) => {
    gone = reason;
    for (const answer of open.values()) answer(refuse(reason));
    open.clear();
    for (const closer of closers) closer(reason);
  });
  return {
    call: (name, input) =>
      new Promise((resolve) => {
        if (gone !== undefined) {
          resolve(refuse(gone));
          return;
        }
        const id = next++;
        open.set(id, resolve);
        transport.send({ kind: 'request', id, name, input });
      }),
    onPush: (listener) => (push = listener),
    onClose: (listener) => void closers.push(listener),
  };
}
