import type { ReadStore, WriteStore } from './store.ts';

export type LogLevel = 'info' | 'warning' | 'error';

export interface LogLine {
  /** Counts up over all runs: ask for what came after the last one seen. */
  readonly id: number;
  readonly iteration: number;
  readonly level: LogLevel;
  readonly message: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** @throws BasinError `run.unknown`, `store.*`. */
export function writeLog(store: WriteStore, run: number, { iteration, level, message }: Pick<LogLine, 'iteration' | 'level' | 'message'>): void {
  store.write('INSERT INTO log_lines (run, iteration, level, message, at) VALUES (?, ?, ?, ?, ?)', run, iteration, level, message, Date.now());
}

/** A run's log, oldest line first. */
export function readLog(store: ReadStore, run: number, { after = 0, limit = -1 }: { after?: number; limit?: number } = {}): LogLine[] {
  return store.all<LogLine>('SELECT id, iteration, level, message, at FROM log_lines WHERE run = ? AND id > ? ORDER BY id LIMIT ?', run, after, limit);
}
