import { setImmediate as turn } from 'node:timers/promises';

/** Longest that a request holds up the others, ms. */
const LONGEST_MS = 15;

/** For long work in pieces: what is returned is awaited after each piece, and lets others have their turn when it is time. */
export function breathe(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < LONGEST_MS) return undefined;
    return turn().then(() => {
      since = performance.now();
    });
  };
}
