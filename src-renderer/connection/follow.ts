import { onConnected, request } from './client.ts';

/*
 * Which runs this page hears live. The host keeps one list for a client; here each owner (a page, a store) has a list of its own,
 * and the host is told all of them together, again after every connection.
 */

const lists = new Map<string, readonly number[]>();
/** What the host takes. */
const MOST = 64;
let told = '';

const all = (): number[] => [...new Set([...lists.values()].flat())].slice(0, MOST);

/** Replaces an owner's list; an empty one ends it. Resolves when the host has heard. */
export async function followRuns(owner: string, runs: readonly number[]): Promise<void> {
  if (runs.length === 0) lists.delete(owner);
  else lists.set(owner, runs);
  const next = all();
  if (next.join() === told) return;
  told = next.join();
  await request('live.follow', { runs: next });
}

onConnected(() => {
  const next = all();
  told = next.join();
  if (next.length > 0) void request('live.follow', { runs: next }).catch(() => undefined);
});
