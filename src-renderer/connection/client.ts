import { shallowRef, type Ref } from 'vue';
import { PUSHES, type Input, type Output, type Payload, type PushName, type RequestName } from '../../src-main/contract/api/index.ts';
import type { Client } from '../../src-main/contract/channel/client.ts';
import { connect } from './connect.ts';

/*
 * The page's one connection. Pages ask through `request` and `onPush`, which outlive a lost connection: it is made again, and
 * whoever registered with `onConnected` is told, so that what was missed is read anew.
 */

export type ConnectionState = { readonly name: 'connecting' | 'connected' } | { readonly name: 'lost'; readonly reason: string };

const state = shallowRef<ConnectionState>({ name: 'connecting' });
export const connectionState: Readonly<Ref<ConnectionState>> = state;

const RETRY_MS = [250, 500, 1000, 2000, 4000];
const subscriptions = new Map<PushName, Set<(payload: never) => void>>();
const connectedListeners = new Set<() => void>();
let current: Promise<Client> | undefined;
/** What `current` has become. */
let connected: Client | undefined;
let attempts = 0;

function connection(): Promise<Client> {
  current ??= open();
  return current;
}

async function open(): Promise<Client> {
  try {
    const client = await connect();
    for (const name of Object.keys(PUSHES) as PushName[]) client.on(name, (payload) => deliver(name, payload));
    client.onClose((reason) => {
      current = connected = undefined;
      state.value = { name: 'lost', reason };
      again();
    });
    connected = client;
    attempts = 0;
    state.value = { name: 'connected' };
    queueMicrotask(() => {
      for (const listener of connectedListeners) listener();
    });
    return client;
  } catch (error) {
    current = undefined;
    state.value = { name: 'lost', reason: (error as Error).message };
    again();
    throw error;
  }
}

function again(): void {
  setTimeout(() => void connection().catch(() => undefined), RETRY_MS[Math.min(attempts++, RETRY_MS.length - 1)]);
}

function deliver(name: PushName, payload: unknown): void {
  for (const listener of subscriptions.get(name) ?? []) listener(payload as never);
}

/**
 * Sent at once while there is a connection: behind an await it would leave only after all that the caller's turn still renders.
 * @throws BasinError what the host refused with, or `host.gone`.
 */
export async function request<Name extends RequestName>(name: Name, input: Input<Name>): Promise<Output<Name>> {
  return (connected ?? (await connection())).request(name, input);
}

/** Hears a push for as long as the page lives, across reconnections. @returns a function that ends the subscription. */
export function onPush<Name extends PushName>(name: Name, listener: (payload: Payload<Name>) => void): () => void {
  const listeners = subscriptions.get(name) ?? new Set();
  subscriptions.set(name, listeners);
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Called after every connection, the first included. @returns a function that ends the subscription. */
export function onConnected(listener: () => void): () => void {
  connectedListeners.add(listener);
  if (state.value.name === 'connected') listener();
  return () => connectedListeners.delete(listener);
}

/** Opens the connection. */
export const startConnection = (): void => void connection().catch(() => undefined);
