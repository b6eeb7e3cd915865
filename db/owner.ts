import { readFileSync, readlinkSync } from 'node:fs';

/** Who owns a running run, as its row says. */
export interface Owner {
  readonly pid: number;
  /** What tells this process from a later one with the same number; null where the system does not say it cheaply. */
  readonly start: string | null;
  /** Last sign of life, milliseconds since 1970. */
  readonly beatAt: number;
}

/** Where only the number is known, a process that was silent for so long is taken for another one with the same number. */
const SILENCE_MS = 5 * 60_000;

interface Identity {
  readonly state: string;
  /** Which boot of which machine. */
  readonly boot: string;
  /** Numbers of processes are counted for each container. */
  readonly namespace: string;
  /** Ticks since boot. */
  readonly ticks: string;
}

/** What Linux tells of a process in files; undefined elsewhere, and for one that is gone or not ours to see. */
function identity(pid: number): Identity | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // proc(5): "pid (name) state …"; the name may hold spaces and brackets, so count from the last one: starttime is field 22.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    return { state: fields[0]!, boot, namespace: readlinkSync(`/proc/${pid}/ns/pid`), ticks: fields[19]! };
  } catch {
    return undefined;
  }
}

/** For `Owner.start`: differs for two processes that had the same number. */
export function startOf(pid: number): string | null {
  const known = identity(pid);
  return known ? `${known.boot} ${known.namespace} ${known.ticks}` : null;
}

/** Whether the process that took a run is still there; another process that has its number now does not count. */
export function isAlive({ pid, start, beatAt }: Owner, now: number): boolean {
  const recent = now - beatAt < SILENCE_MS;
  const here = identity(process.pid);
  if (here && start !== null) {
    const [boot, namespace] = start.split(' ');
    if (boot !== here.boot) return false;
    // In another container: out of sight, so only its beats tell.
    if (namespace !== here.namespace) return recent;
  }
  if (!exists(pid)) return false;
  const there = identity(pid);
  // A zombie has ended; only its parent has not noticed.
  if (there?.state === 'Z' || there?.state === 'X') return false;
  return there && start !== null ? startOf(pid) === start : recent;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
