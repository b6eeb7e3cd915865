import type { ErrorData } from '../errors.ts';

/** How a request ended; the only thing that a host ever answers. Never a rejection, never `undefined`. */
export type Answer = { readonly ok: true; readonly output: unknown } | { readonly ok: false; readonly error: ErrorData };

/** What travels between a client and a host. */
export type Message =
  | { readonly kind: 'request'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer }
  | { readonly kind: 'push'; readonly name: string; readonly payload: unknown };

/** A pipe between the two: sends and receives, and knows nothing of what passes. */
export interface Transport {
  /** Messages keep their order. One sent after the other end is gone is lost; `onClose` tells. */
  send(message: Message): void;
  onMessage(listener: (message: Message) => void): void;
  /** Called once. @param reason in words that a person can read */
  onClose(listener: (reason: string) => void): void;
  close(): void;
  /** Whether what was sent waits to leave; left out where that cannot be known. */
  congested?(): boolean;
}
