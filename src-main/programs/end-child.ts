import type { ChildProcess } from 'node:child_process';

/**
 * Ends a child process, if it ever began. One that could not be started keeps a handle until its `error` is told, with a process
 * number that was never set: a signal sent through it reaches whoever has that number, and for 0 every process of our own group.
 */
export function endChild(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): void {
  if (child.pid !== undefined) child.kill(signal);
}
