/** Ctrl-C, and what else asks a program to end: `kill`, a job scheduler's time limit, a closed terminal. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** One Ctrl-C can arrive twice: from the terminal, and passed on by npm. */
const SAME_PRESS = 500;

/** What to do when whoever read our output has gone (`basin list | head`). */
let unread = (): void => process.exit();

/** From now on a closed output ends the program quietly, as it ends others, instead of being an error. */
export function endWhenUnread(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    unread();
  });
}

/**
 * Calls `first` at the first interrupt and `again` at each later one, until the returned function is called. A closed output
 * (`basin train --json | head`) counts as a first interrupt.
 */
export function onInterrupt(first: () => void, again: () => void): () => void {
  let last: number | undefined;
  const interrupted = () => {
    const now = performance.now();
    if (last !== undefined && now - last < SAME_PRESS) return;
    const isFirst = last === undefined;
    last = now;
    if (isFirst) first();
    else again();
  };
  const unreadBefore = unread;
  unread = () => {
    if (last === undefined) interrupted();
  };
  for (const signal of SIGNALS) process.on(signal, interrupted);
  return () => {
    for (const signal of SIGNALS) process.off(signal, interrupted);
    unread = unreadBefore;
  };
}
