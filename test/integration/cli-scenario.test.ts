import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { decodeSafetensors, encodeSafetensors } from '../../src-main/formats/safetensors.ts';
import { openLibrary } from '../../src-main/workbench/library.ts';
import { basin, jsonLines, newFolder, start, TINY } from './cli-program.ts';

/*
 * One story, as a person would go through it, with real trainers; each chapter stands on those before it.
 */
const data = newFolder();
const env = { BASIN_DATA: data };
const out = (name: string) => join(data, name);

it('train: one JSON object for every iteration, and how it ended', async () => {
  const { code, stdout, stderr } = await basin(['train', ...TINY, '--iterations', '60', '--set', 'probe_every=20', '--set', 'checkpoint_every=20', '--seed', '5', '--name', 'parent', '--tag', 'story', '--tag', 'small', '--json'], env);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const lines = jsonLines(stdout);
  expect(lines[0]).toMatchObject({ event: 'started', run: 1, name: 'parent', engine: 'compiled', device: 'cpu', config: { seed: 5, hidden: 8 } });
  const iterations = lines.filter((line) => 'iteration' in line && !('event' in line));
  expect(iterations.map(({ iteration }) => iteration)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
  for (const line of iterations) {
    expect(line).toMatchObject({ loss: expect.any(Number), ms: expect.any(Number), 'loss/fresh': expect.any(Number), gradient_norm: expect.any(Number) });
    expect(line.energy).toHaveLength(5);
  }
  expect(lines.filter(({ event }) => event === 'probe').map(({ iteration, difficulty }) => `${iteration} ${difficulty}`)).toEqual(['20 same', '20 harder', '40 same', '40 harder', '60 same', '60 harder']);
  expect([...new Set(lines.filter(({ event }) => event === 'checkpoint').map(({ iteration }) => iteration))]).toEqual([20, 40, 60]);
  expect(lines.at(-1)).toMatchObject({ event: 'ended', run: 1, status: 'finished', iteration: 60, checkpoint: 60, loss: iterations.at(-1)!.loss });
});

it('train: the same seed gives the same run, another seed another; a pipe gets the result alone', async () => {
  const losses = async (seed: string) => jsonLines((await basin(['train', ...TINY, '--iterations', '5', '--seed', seed, '--json'], { BASIN_DATA: newFolder() })).stdout).filter(({ event }) => event === undefined).map(({ loss }) => loss);
  const [one, again, other] = [await losses('1'), await losses('1'), await losses('2')];
  expect(again).toEqual(one);
  expect(other).not.toEqual(one);
  const piped = await basin(['train', ...TINY, '--iterations', '5', '--name', 'quiet'], env);
  expect(piped).toMatchObject({ code: 0, stderr: '' });
  expect(piped.stdout).toMatch(/^Run 2 \(quiet\) finished: 5 of 5 iterations in .*\nloss +\S+\n.*basin evaluate 2\n$/s);
});

it('list and show', async () => {
  const listed = await basin(['list'], env);
  const lines = listed.stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[2]).toMatch(/^ +1 {2}parent +finished +addition 2 +60\/60 +\S+ +\S+ +compiled\/cpu +\d{4}-\d\d-\d\d \d\d:\d\d +small, story$/);
  expect(jsonLines((await basin(['list', '--tag', 'story', '--json'], env)).stdout)).toMatchObject([{ id: 1, name: 'parent', tags: ['small', 'story'] }]);
  expect((await basin(['list', '--task', 'inverse'], env)).stdout).toContain('No runs in');
  const { stdout } = await basin(['show', 'parent'], env);
  for (const part of ['Run      1 (parent)', 'finished, iteration 60 of 60', 'energy/4', 'newest, harder', 'checkpoints/1/00000060.safetensors']) expect(stdout).toContain(part);
  expect(stdout).toMatch(/seed +5 +0/);
  expect(stdout).not.toContain('NaN');
  const [shown] = jsonLines((await basin(['show', '1', '--json'], env)).stdout);
  expect(shown!.checkpoints.map(({ iteration }) => iteration)).toEqual([20, 40, 60]);
  expect(shown!.metrics.find(({ metric }) => metric === 'loss')).toMatchObject({ count: 60, first: 1, last: 60 });
});

it('evaluate: errors after each number of updates, beside trivial answers on the same problems', async () => {
  const { code, stdout } = await basin(['evaluate', 'parent', '--steps', '20,0,10', '--problems', '300', '--harder', '--json'], env);
  expect(code).toBe(0);
  const [same, harder] = jsonLines(stdout);
  expect(same).toMatchObject({ run: 1, checkpoint: 'last', iteration: 60, difficulty: 'same', problems: 300, engine: { engine: 'compiled', device: 'cpu' } });
  expect(same!.steps.map(({ updates }) => updates)).toEqual([0, 10, 20]);
  expect(harder).toMatchObject({ difficulty: 'harder' });
  const zero = harder!.references.find(({ name }) => name === 'zero')!;
  expect(zero.error).toBeGreaterThan(3.5);
  expect(zero.error).toBeLessThan(4.8);
  const text = (await basin(['evaluate', '1', '--problems', '50', '--from', 'best'], env)).stdout;
  expect(text).toContain('BEST checkpoint by probe error');
  expect(text).toContain('trivial: predict 0');
  expect(text).toMatch(/After 80 updates the model \(\S+\) (beats|does NOT beat)/);
  // Kept for the page, newest first, with what was asked for.
  const library = openLibrary(data);
  const kept = library.evaluations([1]);
  library.close();
  expect(kept).toMatchObject([
    { run: 1, iteration: 60, options: { checkpoint: 'best', steps: [10, 20, 40, 80], problems: 50, harder: false }, result: { run: 1, results: [{ difficulty: 'same' }] } },
    { run: 1, iteration: 60, options: { checkpoint: 'last', steps: [0, 10, 20], problems: 300, harder: true }, result: { results: [{ difficulty: 'same', steps: same!.steps }, { difficulty: 'harder' }] } },
  ]);
  expect(kept[0]!.options).not.toHaveProperty('plateau');
});

it('evaluate: graphs of other sizes beside those of training; refused for a task without sizes', async () => {
  const graphs = { BASIN_DATA: newFolder() };
  expect((await basin(['train', ...TINY, '--task', 'edge-copy', '--set', 'nodes=4', '--set', 'nodes_harder=5', '--iterations', '5', '--name', 'graph'], graphs)).code).toBe(0);
  const args = ['evaluate', 'graph', '--sizes', '6,3', '--steps', '2,4', '--problems', '90'];
  const lines = jsonLines((await basin([...args, '--json'], graphs)).stdout);
  expect(lines).toMatchObject([{ difficulty: 'same', problems: 90 }, { nodes: 3, problems: 90, steps: [{ updates: 2 }, { updates: 4 }] }, { nodes: 6, problems: 64, references: [{ name: 'zero' }, { name: 'copy-input', error: 0 }] }]);
  const text = (await basin(args, graphs)).stdout;
  expect(text).toMatch(/^Graphs of other sizes: error with +3 nodes +6 nodes\ngraphs +90 +64\nafter 2 updates +\S+ +\S+$/m);
  expect(text).toMatch(/^6 nodes: After 4 updates the model \(\S+\) does NOT beat/m);
  expect(await basin(['evaluate', 'parent', '--sizes', '10,15'], env)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/sizes = 10,15 is not allowed.*task addition.*edge-copy, connected, shortest-path/) });
});

it('energy-error: rank correlations of energy and error, every point as CSV on demand', async () => {
  const file = out('points.csv');
  const args = ['energy-error', 'parent', '--problems', '20', '--steps', '5'];
  const lines = jsonLines((await basin([...args, '--csv', file, '--json'], env)).stdout);
  expect(lines).toMatchObject([{ run: 1, difficulty: 'same', along: 'descent', problems: 20, csv: file }, { along: 'line' }, { difficulty: 'harder', along: 'descent' }, { along: 'line' }]);
  const rows = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(rows[0]).toBe('difficulty,along,problem,at,energy,error');
  // 0 … 5 updates and 21 points of each line, of 20 problems and two difficulties.
  expect(rows).toHaveLength(1 + 2 * 20 * (6 + 21));
  // The last point of a line is the exact answer.
  expect(rows.filter((row) => row.startsWith('same,line,7,1,')).map((row) => Number(row.split(',')[5]))).toEqual([expect.closeTo(0, 9)]);
  const text = (await basin(args, env)).stdout;
  expect(text).toMatch(/^Problems +Answers +Points +Overall +Median of problems +5 % … 95 %$/m);
  expect(text).toMatch(/^harder +from noise to the answer +420 +\S+ +\S+ +\S+ … \S+$/m);
});

it('nested: the error of sums of more and more matrices, the same each time', async () => {
  const args = ['nested', 'parent', '--matrices', '4', '--problems', '30', '--steps', '6'];
  const { code, stdout } = await basin([...args, '--json'], env);
  expect(code).toBe(0);
  const [report] = jsonLines(stdout);
  expect(report).toMatchObject({ run: 1, iteration: 60, matrices: 4, steps: 6, problems: 30, seed: 0, points: [{ compositions: 0, mean: 0 }, { compositions: 1 }, { compositions: 2 }, { compositions: 3 }] });
  expect((await basin([...args, '--json'], env)).stdout).toBe(stdout);
  const text = (await basin(args, env)).stdout;
  expect(text).toMatch(/^Compositions +Matrices +Error +95 % +trivial: predict 0 +trivial: a linear map \(A \+ B\)$/m);
  expect(text).toMatch(/^ +3 +4 +\S+ +± \S+ +\S+ +0$/m);
});

it('reason: every answer and energy, the same as on another engine', async () => {
  const rows = 5;
  writeFileSync(out('in.safetensors'), Buffer.concat(encodeSafetensors({ x: { shape: [rows, 8], data: Float32Array.from({ length: rows * 8 }, (_, i) => Math.sin(i)) }, y: { shape: [rows, 4], data: new Float32Array(rows * 4) } })));
  const args = ['reason', 'parent', '--input', out('in.safetensors'), '--steps', '7', '--step-size', '0.5', '--seed', '3'];
  const { code, stdout } = await basin([...args, '--out', out('a.safetensors'), '--json'], env);
  expect(code).toBe(0);
  expect(jsonLines(stdout)).toMatchObject([{ run: 1, rows, steps: 7, stepSize: 0.5, iteration: 60, energy: { first: expect.any(Number) }, error: { last: expect.any(Number) } }]);
  expect((await basin([...args, '--out', out('b.safetensors'), '--engine', 'eager', '--device', 'cpu'], env)).code).toBe(0);
  const [a, b] = ['a', 'b'].map((name) => decodeSafetensors(readFileSync(out(`${name}.safetensors`))).tensors);
  expect(Object.fromEntries(Object.entries(a!).map(([name, { shape }]) => [name, shape]))).toEqual({ answers: [8, rows, 4], energies: [8, rows], gradient_norms: [8, rows], errors: [8, rows] });
  for (const name of Object.keys(a!)) {
    const other = b![name]!.data as Float32Array;
    (a![name]!.data as Float32Array).forEach((value, i) => expect(value).toBeCloseTo(other[i]!, 4));
  }
});

it('export and import-weights: the numbers come back', async () => {
  const csv = (await basin(['export', 'parent', '--format', 'csv'], env)).stdout.split('\n');
  expect(csv[0]).toMatch(/^iteration,answer_change,cpu,energy\/0,.*probe\/same\/error/);
  expect(csv).toHaveLength(62);
  const json = JSON.parse((await basin(['export', 'parent', '--format', 'json'], env)).stdout) as { metrics: { loss: { values: number[] } } };
  expect(json.metrics.loss.values).toHaveLength(60);
  const written = await basin(['export', 'parent', '--format', 'safetensors', '--out', out('parent.safetensors'), '--json'], env);
  expect(jsonLines(written.stdout)).toMatchObject([{ out: out('parent.safetensors'), format: 'safetensors', bytes: expect.any(Number) }]);
  const imported = await basin(['import-weights', out('parent.safetensors'), '--engine', 'compiled', '--device', 'cpu', '--name', 'copy', '--json'], env);
  expect(imported.code).toBe(0);
  expect(jsonLines(imported.stdout)).toMatchObject([{ run: 3, name: 'copy', config: { rank: 2, hidden: 8, depth: 2, step_size: 1 } }]);
  const results = await Promise.all(['parent', 'copy'].map(async (run) => jsonLines((await basin(['evaluate', run, '--problems', '50', '--steps', '9', '--json'], env)).stdout)[0]!.steps));
  expect(results[0]).toEqual(results[1]);
});

it('fork: from any checkpoint with changed settings, and never another network', async () => {
  const forked = await basin(['fork', 'parent', '--from', '40', '--set', 'learning_rate=0.01', '--set', 'steps=5', '--iterations', '70', '--name', 'child', '--json'], env);
  expect(forked.code).toBe(0);
  const lines = jsonLines(forked.stdout);
  expect(lines.filter(({ event }) => event === undefined).map(({ iteration }) => iteration)[0]).toBe(41);
  expect(lines.at(-1)).toMatchObject({ event: 'ended', status: 'finished', iteration: 70 });
  const [child] = jsonLines((await basin(['show', 'child', '--json'], env)).stdout);
  expect(child!.run).toMatchObject({ parentRun: 1, parentIteration: 40, config: { learning_rate: 0.01, steps: 5, hidden: 8 } });
  for (const [args, says] of [
    [['--set', 'hidden=9', '--set', 'depth=3'], 'hidden (8 → 9), depth (2 → 3) cannot change'],
    [['--from', '50'], 'it has checkpoints of iterations 20, 40, 60'],
    [[], 'give a larger number with --iterations'],
  ] as const) expect(await basin(['fork', 'parent', ...args], env)).toMatchObject({ code: 2, stderr: expect.stringContaining(says) });
});

it('resume: a finished run trains longer, and ends as one that was to train so long from the start', async () => {
  expect(await basin(['resume', 'parent'], env)).toMatchObject({ code: 2, stderr: expect.stringContaining('has done 60 iterations') });
  const resumed = await basin(['resume', 'parent', '--iterations', '80', '--json'], env);
  expect(resumed.code).toBe(0);
  const losses = jsonLines(resumed.stdout).filter(({ event }) => event === undefined).map(({ loss }) => loss);
  expect(losses).toHaveLength(20);
  const whole = await basin(['train', ...TINY, '--iterations', '80', '--set', 'probe_every=20', '--set', 'checkpoint_every=20', '--seed', '5', '--json'], { BASIN_DATA: newFolder() });
  expect(jsonLines(whole.stdout).filter(({ event }) => event === undefined).slice(60).map(({ loss }) => loss)).toEqual(losses);
});

it('stop: from another terminal, with a checkpoint; the stopped program says how to go on', async () => {
  const program = start(['train', ...TINY, '--iterations', '1000000', '--set', 'probe_every=0', '--name', 'endless', '--json'], env);
  await program.said('"iteration":20,');
  const stopped = await basin(['stop', 'endless', '--json'], env);
  expect(stopped.code).toBe(0);
  const [facts] = jsonLines(stopped.stdout);
  expect(facts).toMatchObject({ name: 'endless', status: 'stopped' });
  expect(facts!.iteration).toBeGreaterThanOrEqual(20);
  const { code, stdout } = await program.finished;
  expect(code).toBe(130);
  expect(jsonLines(stdout).at(-1)).toMatchObject({ event: 'ended', status: 'stopped', iteration: facts!.iteration, checkpoint: facts!.iteration });
  expect(await basin(['stop', 'endless'], env)).toMatchObject({ code: 1, stderr: expect.stringContaining('there is nothing to stop') });
});
