import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { latestCheckpoint } from '../../db/checkpoints.ts';
import { openStoreReadonly } from '../../db/open.ts';
import { isAlive as isProcessAlive, startOf } from '../../db/owner.ts';
import { getRun } from '../../db/runs.ts';
import { connect } from '../support/connect.ts';
import { scratchFolder } from '../support/scratch-folder.ts';
import { serveWorkbench, type Served } from '../support/served.ts';

/** A run that would take hours, of iterations that take a millisecond. */
const LONG = { rank: 2, hidden: 8, depth: 2, batch: 8, steps: 4, step_size: 1, replay_capacity: 64, probe_problems: 4, probe_steps: 6, iterations: 10_000_000, checkpoint_every: 1_000_000 };
const ENGINE = { engine: 'compiled', device: 'cpu' } as const;

const newFolder = (): string => scratchFolder('web');

async function serve(folder: string, args?: readonly string[]): Promise<Served> {
  const served = await serveWorkbench(folder, args);
  onTestFinished(() => void served.process.kill('SIGKILL'));
  return served;
}

/** Runs the program to its end. */
function web(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('../../dist/main/web.js', import.meta.url)), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const heard = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (heard.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (heard.stderr += text));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...heard })));
}

/** A process that has ended counts as gone although nobody has collected it yet (an orphan in a container may wait for long). */
const isAlive = (pid: number): boolean => isProcessAlive({ pid, start: startOf(pid), beatAt: Date.now() }, Date.now());

/** Starts runs and waits until the first of them trains. */
async function training(served: Served, seeds: number[]): Promise<{ ids: number[]; pid: number; folder: string }> {
  const client = await connect(served.url);
  const { folder } = await client.request('app.info', {});
  const { runs } = await client.request('runs.start', { changes: LONG, seeds, tags: [], engine: ENGINE });
  await expect.poll(async () => (await client.request('runs.list', {})).runs.some(({ iteration }) => iteration > 0), { timeout: 30_000 }).toBe(true);
  client.close();
  const store = openStoreReadonly(folder);
  const pid = runs.map(({ id }) => getRun(store, id).pid).find((pid) => pid !== null)!;
  store.close();
  return { ids: runs.map(({ id }) => id), pid, folder };
}

describe('the program', () => {
  it('explains itself, and refuses what it does not know with the exit codes of the command line', async () => {
    const help = await web('--help');
    expect([help.code, help.stdout, help.stderr]).toEqual([0, expect.stringContaining('npm start -- --web'), '']);
    const unknown = await web('--prot', '1');
    expect([unknown.code, unknown.stdout]).toEqual([2, '']);
    expect(unknown.stderr).toMatch(/^error: .*--prot/);
    const noFolder = await web('--data', '');
    expect([noFolder.code, noFolder.stderr]).toEqual([2, expect.stringContaining('--data ""')]);
  });

  it('takes another port when its own is taken, and says so when it may not', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const { code, stderr } = await web('--data', newFolder(), '--port', String(port));
    expect([code, stderr]).toEqual([1, expect.stringContaining(`Port ${port} cannot be used: another program listens there`)]);
    const [one, two] = [await serve(newFolder(), []), await serve(newFolder(), [])];
    expect(one.origin).not.toBe(two.origin);
  });

  it('ends at Ctrl-C when nothing trains', async () => {
    const served = await serve(newFolder());
    expect(await served.end()).toMatchObject({ code: 0, signal: null, output: expect.stringMatching(/Ctrl-C ends it\.\nEnding\.\n$/) as string });
  });
});

describe('Ctrl-C while runs train', () => {
  it('stops each with a checkpoint and leaves no process', async () => {
    const served = await serve(newFolder());
    const { ids, pid, folder } = await training(served, [1, 2]);
    const { code, output } = await served.end();
    expect(code).toBe(0);
    expect(output).toContain('Stopping 2 runs with a checkpoint');
    expect(output).toContain('can be resumed');
    expect(isAlive(pid)).toBe(false);
    const store = openStoreReadonly(folder);
    expect(ids.map((id) => getRun(store, id).status)).toEqual(['stopped', 'stopped']);
    for (const { id, iteration } of ids.map((id) => getRun(store, id))) expect(latestCheckpoint(store, id)?.iteration ?? 0).toBe(iteration);
    expect(Math.max(...ids.map((id) => getRun(store, id).iteration))).toBeGreaterThan(0);
    store.close();
  });

  it('ends at once when it is pressed again, though a trainer hangs', async () => {
    const served = await serve(newFolder());
    const { pid } = await training(served, [1]);
    // It can neither hear nor answer.
    process.kill(pid, 'SIGSTOP');
    served.process.kill('SIGINT');
    await expect.poll(() => served.output()).toContain('Ctrl-C again ends at once');
    // Two signals within half a second are one press.
    await expect.poll(() => {
      served.process.kill('SIGINT');
      return served.output();
    }, { interval: 600, timeout: 5000 }).toContain('Ended at once');
    expect((await served.ended).code).toBe(130);
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  });
});
