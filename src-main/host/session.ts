import type { Push, SessionOptions } from '../contract/channel/host.ts';
import { Outbox } from './live/outbox.ts';

/** One client: what it follows, and what waits to be told to it. */
export class Session {
  readonly outbox: Outbox;
  #followed: ReadonlySet<number> = new Set();
  #closed = false;

  constructor(push: Push, { congested = () => false }: SessionOptions = {}) {
    this.outbox = new Outbox(push, congested);
  }

  get followed(): ReadonlySet<number> {
    return this.#followed;
  }

  get closed(): boolean {
    return this.#closed;
  }

  follow(runs: readonly number[]): void {
    this.#followed = new Set(runs);
    this.outbox.follow(this.#followed);
  }

  close(): void {
    this.#closed = true;
    this.#followed = new Set();
    this.outbox.close();
  }
}
