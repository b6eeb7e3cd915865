import { onTestFinished } from 'vitest';
import { createClient, wireOver, type Client } from '../../../src-main/contract/channel/client.ts';
import { decodeMessage, encodeMessage } from '../../../src-main/contract/channel/codec.ts';
import { serve, type Host } from '../../../src-main/contract/channel/host.ts';
import type { Message, Transport } from '../../../src-main/contract/channel/message.ts';
import { createHost, type HostOptions, type WorkbenchHost } from '../../../src-main/host/host.ts';
import { Workbench } from '../../../src-main/workbench/workbench.ts';
import { FakeTrainer } from '../workbench/fake-trainer.ts';
import { COMPILED, newFolder } from '../workbench/sandbox.ts';

/** One end of a pipe within the process. */
class End implements Transport {
  readonly sent: Message[] = [];
  full = false;
  peer: End | undefined;
  #message: ((message: Message) => void)[] = [];
  #close: ((reason: string) => void)[] = [];
  #open = true;

  send(message: Message): void {
    this.sent.push(message);
    // As bytes, as over a socket: what cannot travel fails here, and nobody shares an object.
    const bytes = encodeMessage(message);
    queueMicrotask(() => this.peer!.#receive(decodeMessage(bytes)));
  }

  onMessage(listener: (message: Message) => void): void {
    this.#message.push(listener);
  }

  onClose(listener: (reason: string) => void): void {
    this.#close.push(listener);
  }

  congested(): boolean {
    return this.full;
  }

  close(reason = 'closed'): void {
    for (const end of [this, this.peer!]) {
      if (!end.#open) continue;
      end.#open = false;
      for (const listener of end.#close) listener(reason);
    }
  }

  #receive(message: Message): void {
    if (this.#open) for (const listener of this.#message) listener(message);
  }
}

export interface Connected extends Client {
  /** The host's end. */
  readonly far: End;
  close(): void;
}

/** A client of a host, over an in-memory pair of transports. */
export function connect(host: Host): Connected {
  const [near, far] = [new End(), new End()];
  near.peer = far;
  far.peer = near;
  serve(far, host);
  return { ...createClient(wireOver(near)), far, close: () => near.close() };
}

export interface Bench {
  readonly workbench: Workbench;
  readonly host: WorkbenchHost;
  readonly client: Connected;
  /** Trainers played by the test, in the order in which they were started. */
  readonly trainers: FakeTrainer[];
  readonly folder: string;
}

/** A host with one client on an empty store; all gone when the test ends. */
export function bench(options: Partial<HostOptions> & { readonly folder?: string } = {}): Bench {
  const { folder = newFolder(), ...rest } = options;
  const trainers: FakeTrainer[] = [];
  const workbench = Workbench.open(folder, { spawn: () => (trainers.push(new FakeTrainer()), trainers.at(-1)!) });
  const host = createHost({ workbench, kind: 'test', ...rest });
  onTestFinished(() => {
    host.close();
    workbench.close();
  });
  return { workbench, host, client: connect(host), trainers, folder };
}

/** The smallest run that can be asked for. */
export const TINY = { changes: { rank: 2, hidden: 4, batch: 4, iterations: 10 }, seeds: [0], tags: [], engine: COMPILED };
