import { expect } from 'vitest';

/** For tests that wait for another process or a clock. */
export const DEFAULT_TIMEOUT = 30_000;

/** Waits for a fact. @throws when it does not come true in time */
export const waitUntil = (fact: () => boolean, timeout = 15_000): Promise<void> => expect.poll(fact, { timeout, interval: 20 }).toBe(true);
