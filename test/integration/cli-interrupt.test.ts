import { describe, expect, it } from 'vitest';
import { basin, COMPILED, jsonLines, newFolder, start, TINY, type Line } from './cli-program.ts';

const ENDLESS = ['train', ...TINY, '--iterations', '1000000', '--set', 'probe_every=0', '--set', 'checkpoint_every=0', '--name', 'endless'];

describe.skipIf(process.platform === 'win32')('interrupts', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s stops a run with a checkpoint, ends with 130, and the run goes on from there', async (signal) => {
    const env = { BASIN_DATA: newFolder() };
    const program = start([...ENDLESS, '--json'], env);
    await program.said('"iteration":10,');
    program.child.kill(signal);
    const { code, stdout } = await program.finished;
    expect(code).toBe(130);
    const ended = jsonLines(stdout).at(-1)!;
    expect(ended).toMatchObject({ event: 'ended', status: 'stopped', checkpoint: ended.iteration });
    const resumed = await basin(['resume', 'endless', '--iterations', String(ended.iteration + 5), '--json'], env);
    expect(resumed.code).toBe(0);
    const lines = jsonLines(resumed.stdout).filter(({ event }) => event === undefined);
    expect(lines.map(({ iteration }) => iteration)).toEqual([1, 2, 3, 4, 5].map((i) => ended.iteration + i));
  });

  it('without --json the result says how to go on', async () => {
    const data = newFolder();
    const env = { BASIN_DATA: data };
    const program = start([...ENDLESS, '--data', data], env);
    while (!(await basin(['list', '--json'], env)).stdout.includes('"running"'));
    program.child.kill('SIGINT');
    const { code, stdout, stderr } = await program.finished;
    expect({ code, stderr }).toEqual({ code: 130, stderr: '' });
    expect(stdout).toContain(`Go on: basin resume 1 --data ${data}`);
  });

  it('a second interrupt ends it at once, and the run can still be resumed', async () => {
    const env = { BASIN_DATA: newFolder() };
    // Iterations of several seconds: a stop waits for the one at hand.
    const program = start(['train', ...COMPILED, '--set', 'hidden=3000', '--set', 'depth=2', '--set', 'steps=200', '--iterations', '50', '--name', 'slow', '--set', 'probe_every=0', '--json'], env);
    await program.said('"event":"ready"');
    program.child.kill('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 700));
    const second = Date.now();
    program.child.kill('SIGINT');
    const { code, stdout } = await program.finished;
    expect(Date.now() - second).toBeLessThan(5000);
    expect(code).toBe(130);
    expect(jsonLines(stdout).at(-1)).toMatchObject({ event: 'ended', status: 'interrupted' });
    expect(jsonLines((await basin(['list', '--json'], env)).stdout)).toMatchObject([{ status: 'interrupted' }]);
  });

  it('a program that is killed leaves a trainer that saves and stops by itself', async () => {
    const env = { BASIN_DATA: newFolder() };
    const program = start([...ENDLESS, '--json'], env);
    await program.said('"iteration":10,');
    program.child.kill('SIGKILL');
    await program.finished;
    let run: Line | undefined;
    do [run] = jsonLines((await basin(['list', '--json'], env)).stdout);
    while (run?.status === 'running');
    expect(run).toMatchObject({ status: 'stopped' });
    expect(run!.iteration).toBeGreaterThanOrEqual(10);
  });

  it('a trainer that is killed leaves an interrupted run, which ends as one left alone', async () => {
    const env = { BASIN_DATA: newFolder() };
    const args = ['train', ...TINY, '--set', 'checkpoint_every=7', '--set', 'probe_every=0', '--seed', '9', '--json'];
    const program = start([...args, '--iterations', '1000000', '--name', 'killed'], env);
    await program.said('"iteration":20,');
    const [running] = jsonLines((await basin(['list', '--json'], env)).stdout);
    process.kill(running!.pid, 'SIGKILL');
    const { code, stderr } = await program.finished;
    expect(code).toBe(1);
    expect(jsonLines(stderr)).toMatchObject([{ error: { code: 'trainer.crashed', message: expect.stringContaining('was ended by SIGKILL') } }]);
    const [left] = jsonLines((await basin(['list', '--json'], env)).stdout);
    expect(left!.status).toBe('interrupted');

    const until = String(left!.iteration + 20);
    const lastLoss = (stdout: string) => jsonLines(stdout).at(-1)!.loss;
    const resumed = await basin(['resume', 'killed', '--iterations', until, '--json'], env);
    const alone = await basin([...args, '--iterations', until], { BASIN_DATA: newFolder() });
    expect(resumed.code).toBe(0);
    expect(lastLoss(resumed.stdout)).toBe(lastLoss(alone.stdout));
  });

  it('a reader that goes away stops the run instead of failing it', async () => {
    const env = { BASIN_DATA: newFolder() };
    const program = start([...ENDLESS, '--json'], env);
    await program.said('"iteration":5,');
    program.child.stdout!.destroy();
    const { code, stderr } = await program.finished;
    expect({ code, stderr }).toEqual({ code: 130, stderr: '' });
    expect(jsonLines((await basin(['list', '--json'], env)).stdout)).toMatchObject([{ status: 'stopped' }]);
  });
});

describe('a run that diverges', () => {
  // Sixteen layers, a learning rate of 1: the second iteration leaves the finite numbers.
  const WILD = ['train', ...COMPILED, ...['rank=2', 'hidden=64', 'depth=16', 'learning_rate=1', 'step_size=1e6', 'probe_every=0', 'checkpoint_every=1'].flatMap((setting) => ['--set', setting])];

  it('ends with 3, naming iteration and last good checkpoint, and how to try again', async () => {
    const env = { BASIN_DATA: newFolder() };
    const { code, stdout, stderr } = await basin([...WILD, '--name', 'wild'], env);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^error: Run 1 \(wild\) diverged at iteration 2: the (loss|energy after \d+ updates|gradient) is not a finite number\. Its last checkpoint is that of iteration 1\. Try from there with other settings: basin fork 1 /);
    expect(await basin(['resume', 'wild'], env)).toMatchObject({ code: 2, stderr: expect.stringContaining('fork it with other settings') });
    const calmer = await basin(['fork', 'wild', '--set', 'learning_rate=1e-6', '--set', 'step_size=0.001', '--iterations', '3'], env);
    expect([0, 3]).toContain(calmer.code);
  });

  it('with --json says the same in data', async () => {
    const { code, stdout, stderr } = await basin([...WILD, '--json'], { BASIN_DATA: newFolder() });
    expect(code).toBe(3);
    expect(jsonLines(stdout).at(-1)).toMatchObject({ event: 'ended', status: 'diverged', divergence: { iteration: 2, checkpoint: 1 } });
    expect(jsonLines(stderr)).toMatchObject([{ error: { code: 'run.diverged', details: { run: 1, iteration: 2 } } }]);
  });
});
