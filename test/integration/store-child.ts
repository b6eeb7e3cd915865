import { join } from 'node:path';
import { writeLog } from '../../db/log.ts';
import { openStore, transaction } from '../../db/open.ts';
import { replaceReplay } from '../../db/replay.ts';
import { claimRun, createRun, listRuns } from '../../db/runs.ts';
import { writeSeries } from '../../db/series.ts';
import type { ReplayEntry } from '../../src-main/contract/replay.ts';
import { toErrorData } from '../../src-main/contract/errors.ts';
import { resolveConfig } from '../../src-main/contract/settings.ts';

/** A process that works on a store as its first message says, and tells how it went. */
export interface Job {
  readonly does: 'open' | 'open-many' | 'create' | 'claim' | 'write';
  readonly folder: string;
  readonly run?: number;
  readonly flushes?: number;
  readonly user?: number;
}

const tell = (message: unknown) => process.send!(message);

/** One flush belongs together: two metrics, a log line and the replay buffer, all of iteration `flush`. */
function write(folder: string, run: number, flushes: number): void {
  const store = openStore(folder);
  claimRun(store, run, process.pid);
  const entry = (uid: number): ReplayEntry => ({ uid, parent: null, problem: uid, generation: 0, born: uid, uses: 0, energy: 1, error: 1, x: new Float32Array(800), y: new Float32Array(400), target: new Float32Array(400), visit: new Float32Array(11) });
  for (let flush = 1; flush <= flushes; flush++) {
    const values = new Float64Array(10).fill(flush);
    const first = 1 + (flush - 1) * 10;
    transaction(store, () => {
      writeSeries(store, run, [{ metric: 'loss', first, values }, { metric: 'ms', first, values }]);
      writeLog(store, run, { iteration: flush, level: 'info', message: 'flush' });
      replaceReplay(store, run, { iteration: flush, entries: Array.from({ length: 20 }, (_, i) => entry(flush * 100 + i)), ancestors: [] });
    });
    tell({ flushed: flush });
  }
  store.close();
}

function work({ does, folder, run = 0, flushes = 0, user }: Job): unknown {
  if (user !== undefined) process.setuid!(user);
  if (does === 'open-many') {
    for (let i = 0; i < 40; i++) openStore(join(folder, String(i))).close();
    return 'all';
  }
  if (does === 'write') write(folder, run, flushes);
  const store = openStore(folder);
  if (does === 'claim') claimRun(store, run, process.pid);
  if (does === 'create') return createRun(store, { config: resolveConfig({}), engine: 'compiled', device: 'cpu', versions: {}, notes: 'x'.repeat(1_000_000) });
  return listRuns(store).length;
}

// A limit on the size of files ends a process unless it asks to be told by an error.
process.on('SIGXFSZ', () => undefined);
process.on('message', (job: Job) => {
  try {
    tell({ done: work(job) });
  } catch (error) {
    tell({ error: toErrorData(error) });
  }
});
tell('ready');
