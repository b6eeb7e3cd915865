import type { Payload, PushName } from '../api/index.ts';
import type { Answer, Transport } from './message.ts';

/** Tells one client something. */
export type Push = <Name extends PushName>(name: Name, payload: Payload<Name>) => void;

/** One client's conversation with a host. */
export interface HostSession {
  /** Checks and answers a request, whatever comes in. Never rejects. */
  handle(name: unknown, input: unknown): Promise<Answer>;
  /** The client is gone: nothing is pushed any more. */
  close(): void;
}

export interface SessionOptions {
  /** Whether what was pushed waits to leave: live messages are then merged until it is not, never queued. */
  readonly congested?: () => boolean;
}

/** What every host (desktop window, browser, test) puts behind its transport. */
export interface Host {
  open(push: Push, options?: SessionOptions): HostSession;
}

/** Answers what comes over a transport until it closes. */
export function serve(transport: Transport, host: Host): void {
  const session = host.open((name, payload) => transport.send({ kind: 'push', name, payload }), { congested: () => transport.congested?.() ?? false });
  transport.onMessage((message) => {
    if (message.kind !== 'request') return;
    const { id, name, input } = message;
    void session.handle(name, input).then((answer) => transport.send({ kind: 'answer', id, answer }));
  });
  transport.onClose(() => session.close());
}
