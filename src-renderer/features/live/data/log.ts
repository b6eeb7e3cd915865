import type { LogLine } from '../../../../src-main/contract/api/runs.ts';

/** Lines that are kept in sight; the store keeps them all. */
const MOST = 500;

/** The log with more lines: in order of their numbers, each once, the newest so many. */
export function withLines(log: readonly LogLine[], lines: readonly LogLine[], most = MOST): readonly LogLine[] {
  const last = log.at(-1);
  const isNext = lines.length === 1 && (!last || lines[0]!.id > last.id);
  const all = isNext ? [...log, lines[0]!] : [...new Map([...log, ...lines].map((line) => [line.id, line])).values()].sort((a, b) => a.id - b.id);
  return all.length > most ? all.slice(-most) : all;
}
