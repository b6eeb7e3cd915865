import { execFile, spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { BasinError } from '../contract/errors.ts';

/** A block of work for peer.py; see there. */
export type PeerCase =
  | { readonly case: string; readonly kind: 'train'; readonly size: 'paper' | 'quick'; readonly repeats: number }
  | { readonly case: string; readonly kind: 'graph'; readonly repeats: number }
  | { readonly case: string; readonly kind: 'reason'; readonly size: 'paper' | 'quick'; readonly rows: number; readonly steps: number; readonly repeats: number };

const SCRIPT = fileURLToPath(new URL('./peer.py', import.meta.url));
/** Debian's Python first: another one on the PATH may lack the packages that apt installed. */
const PYTHONS = ['/usr/bin/python3', 'python3', 'python'];

/** The first Python that has PyTorch, and its version; undefined when there is none. */
export function findTorch(): { readonly python: string; readonly version: string } | undefined {
  for (const python of PYTHONS) {
    const { status, stdout } = spawnSync(python, ['-c', 'import torch; print(torch.__version__)'], { encoding: 'utf8' });
    if (status === 0) return { python, version: stdout.trim() };
  }
  return undefined;
}

/**
 * Milliseconds of each case in plain PyTorch, the median under its best threading: the threads of the BLAS library
 * are the machine's, PyTorch's own are one or as many.
 *
 * @throws BasinError `bench.peer` with what Python said when it fails
 */
export async function runPeer(python: string, cases: readonly PeerCase[]): Promise<Record<string, number>> {
  const cores = availableParallelism();
  const best: Record<string, number> = {};
  for (const threads of new Set([1, cores])) {
    const environment = { ...process.env, OMP_NUM_THREADS: String(cores), OPENBLAS_NUM_THREADS: String(cores) };
    try {
      const { stdout } = await promisify(execFile)(python, [SCRIPT, JSON.stringify({ threads, cases })], { env: environment });
      for (const line of stdout.trim().split('\n')) {
        const { case: name, ms } = JSON.parse(line) as { case: string; ms: number };
        best[name] = Math.min(best[name] ?? Infinity, ms);
      }
    } catch (cause) {
      throw new BasinError('bench.peer', `The PyTorch peer failed: ${cause instanceof Error ? cause.message : String(cause)}`, { kind: 'operational', cause });
    }
  }
  return best;
}
