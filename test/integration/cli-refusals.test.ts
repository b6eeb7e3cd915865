import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import { encodeSafetensors } from '../../src-main/formats/safetensors.ts';
import { openStore } from '../../db/open.ts';
import { claimRun, createRun, endRun } from '../../db/runs.ts';
import { resolveConfig } from '../../src-main/contract/settings.ts';
import { basin, COMPILED, golden, jsonLines, newFolder } from './cli-program.ts';

/** A store with a run that finished (1), two of one name (2, 3), one that diverged (4) and one without a checkpoint (5). */
const data = newFolder();
const files = newFolder();
const CORRUPT = join(files, 'corrupt.safetensors');
const OTHER = join(files, 'other.safetensors');
const TEXT = join(files, 'problems.csv');

beforeAll(() => {
  const store = openStore(data);
  const add = (name: string) => createRun(store, { name, config: resolveConfig({ iterations: 10 }), engine: 'compiled', device: 'cpu', versions: {} });
  const end = (id: number, ending: Parameters<typeof endRun>[2]) => {
    claimRun(store, id, process.pid);
    endRun(store, id, ending);
  };
  end(add('done'), { status: 'finished', iteration: 10 });
  add('twin');
  add('twin');
  end(add('lost'), { status: 'diverged', iteration: 3, divergence: { iteration: 3, step: 2, quantity: 'energy' } });
  end(add('bare'), { status: 'stopped', iteration: 0 });
  store.close();
  writeFileSync(CORRUPT, 'not tensors at all');
  writeFileSync(OTHER, Buffer.concat(encodeSafetensors({ a: { shape: [1], data: new Float32Array(1) } })));
  writeFileSync(TEXT, 'x,y\n1,2\n');
});

const USAGE: readonly (readonly [args: readonly string[], says: string])[] = [
  [['frobnicate'], "unknown command 'frobnicate'"],
  [['trian'], 'Did you mean train?'],
  [['list', '--frobnicate'], "unknown option '--frobnicate'"],
  [['list', 'extra'], 'too many arguments'],
  [['list', '--status', 'bored'], 'Allowed choices are queued, running, stopped, finished, diverged, failed, interrupted'],
  [['list', '--limit', '0'], 'a whole number from 1'],
  [['list', '--data', ''], '--data "" is not a folder'],
  [['show'], "missing required argument 'run'"],
  [['show', '99'], 'There is no run 99'],
  [['show', 'nobody'], 'There is no run called "nobody"'],
  [['show', 'twin'], '2 runs are called "twin": say which by its number (3, 2)'],
  [['train', '--set', 'hiden=3'], 'There is no setting "hiden"; did you mean "hidden"?'],
  [['train', '--set', 'hidden=0'], 'hidden = 0 is not allowed: Hidden width must be a whole number from 1 to 8192'],
  [['train', '--set', 'hidden=wide'], 'hidden = "wide" is not allowed'],
  [['train', '--set', 'hidden=1.5'], 'hidden = 1.5 is not allowed'],
  [['train', '--set', 'learning_rate=NaN'], 'learning_rate = '],
  [['train', '--set', 'learnable_step_size=yes'], 'learnable_step_size = "yes" is not allowed: Learn λ must be a boolean'],
  [['train', '--set', 'hidden'], 'write --set key=value'],
  [['train', '--set', 'seed=1', '--seed', '2'], 'seed is given twice'],
  [['train', '--seed', '-1'], 'seed = -1 is not allowed'],
  [['train', '--iterations', '0'], 'iterations = 0 is not allowed'],
  [['train', '--task', 'chess'], 'task = "chess" is not allowed: Task must be addition, lowrank, inverse, dataset'],
  [['train', '--method', 'oracle'], 'method = "oracle" is not allowed: Method must be irem, feedforward, recurrent, ponder, iterative-feedforward'],
  [['train', '--method', 'ponder', '--set', 'learnable_step_size=true'], 'learnable_step_size = true is not allowed with method = ponder'],
  [['train', '--task', 'dataset'], 'give the path of a .safetensors or .npz file'],
  [['train', '--set', 'data=x.npz'], 'only task = dataset reads a file'],
  [['train', '--set', 'steps_min=11'], 'it must be at most steps = 10'],
  [['train', '--preset', 'huge'], 'Allowed choices are quick, paper'],
  [['train', '--engine', 'magic'], 'Allowed choices are auto, compiled, eager'],
  [['train', '--device', 'abacus'], "option '--device <device>' argument 'abacus' is invalid"],
  [['train', '--engine', 'eager', '--device', 'webgpu'], '--engine eager does not run on --device webgpu'],
  [['train', ...COMPILED, '--name', '12'], 'cannot be called "12"'],
  [['resume', '99'], 'There is no run 99'],
  [['resume', 'done', '--iterations', 'many'], 'a whole number from 1'],
  [['resume', 'lost'], 'diverged at iteration 3, and would again: fork it'],
  [['fork', '99'], 'There is no run 99'],
  [['fork', 'done', '--from', 'there'], 'the iteration of a checkpoint, last, or best'],
  [['stop', '99'], 'There is no run 99'],
  [['evaluate', 'done', '--steps', '10,x'], 'a whole number from 0'],
  [['evaluate', 'done', '--problems', '0'], 'a whole number from 1'],
  [['evaluate', 'done', '--sizes', '10,1'], 'a whole number from 2 to 100'],
  [['nested', 'done', '--matrices', '1'], 'a whole number from 2 to 100'],
  [['reason', 'done', '--input', 'x.npz'], "required option '--out <file>' not specified"],
  [['reason', 'done', '--out', 'x'], "required option '--input <file>' not specified"],
  [['reason', 'done', '--input', 'x.npz', '--out', 'y', '--step-size', '0'], 'a number above 0'],
  [['export', 'done'], "required option '--format <format>' not specified"],
  [['export', 'done', '--format', 'xml'], 'Allowed choices are csv, json, safetensors'],
  [['import-weights', OTHER, ...COMPILED], 'give --task and --rank'],
  [['import-weights', golden('irem-addition-r4'), '--rank', '0'], 'rank = 0 is not allowed'],
  [['verify'], "missing required argument 'file'"],
  [['verify', golden('irem-addition-r4'), '--tolerance', 'tight'], 'a number above 0'],
  [['bench', 'coffee'], 'There is no bench case "coffee"'],
  [['bench', '--rounds', '0'], 'a whole number from 1 to 100'],
  [['doctor', '--set', 'hidden=0'], 'hidden = 0 is not allowed'],
];

const FAILED: readonly (readonly [args: readonly string[], says: string])[] = [
  [['train', ...COMPILED, '--task', 'dataset', '--set', 'data=/nowhere.npz'], 'There is no file /nowhere.npz'],
  [['train', ...COMPILED, '--task', 'dataset', '--set', `data=${CORRUPT}`], 'not a safetensors file'],
  [['train', ...COMPILED, '--task', 'dataset', '--set', `data=${OTHER}`], 'has no array "x"'],
  [['train', ...COMPILED, '--task', 'dataset', '--set', `data=${TEXT}`], 'is not a .safetensors or .npz file'],
  [['fork', 'bare'], 'has no checkpoint yet'],
  [['stop', 'done'], 'is finished: there is nothing to stop'],
  [['evaluate', 'bare'], 'has no checkpoint yet'],
  [['reason', 'bare', '--input', OTHER, '--out', join(files, 'out')], 'has no checkpoint yet'],
  [['export', 'bare', '--format', 'csv'], 'has recorded nothing yet'],
  [['import-weights', '/nowhere.safetensors', '--task', 'addition', '--rank', '4', ...COMPILED], 'There is no file /nowhere.safetensors'],
  [['import-weights', CORRUPT, '--task', 'addition', '--rank', '4', ...COMPILED], 'not a safetensors file'],
  [['import-weights', OTHER, '--task', 'addition', '--rank', '4', ...COMPILED], '"fc1.weight" [512, 48] is missing'],
  [['import-weights', golden('recurrent-lowrank-r4'), '--method', 'oracle', ...COMPILED], 'its method "oracle" is not in this version of Basin'],
  [['import-weights', golden('recurrent-lowrank-r4'), '--method', 'feedforward', ...COMPILED], '"lstm.bias_hh_l0" [96] is unknown'],
];

describe.concurrent('wrong usage ends with 2 and one readable message', () => {
  it.for(USAGE)('basin %j', async ([args, says], { expect }) => {
    const { code, stdout, stderr } = await basin(args, { BASIN_DATA: data });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: /);
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe.concurrent('what fails ends with 1 and one readable message', () => {
  it.for(FAILED)('basin %j', async ([args, says], { expect }) => {
    const { code, stdout, stderr } = await basin(args, { BASIN_DATA: data });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^error: /);
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

it('refusals leave the store as it was', async () => {
  const { stdout } = await basin(['list', '--json'], { BASIN_DATA: data });
  expect(jsonLines(stdout).map(({ id, status }) => [id, status])).toEqual([[5, 'stopped'], [4, 'diverged'], [3, 'queued'], [2, 'queued'], [1, 'finished']]);
});

it('with --json a refusal is one JSON object on standard error', async () => {
  const wrong = await basin(['train', '--json', '--set', 'hiden=3'], { BASIN_DATA: data });
  expect(wrong).toMatchObject({ code: 2, stdout: '' });
  expect(jsonLines(wrong.stderr)).toEqual([{ error: expect.objectContaining({ code: 'config.unknown', kind: 'user', details: { name: 'hiden' } }) }]);
  const unknown = await basin(['--json', 'list', '--frobnicate'], { BASIN_DATA: data });
  expect(jsonLines(unknown.stderr)).toEqual([{ error: expect.objectContaining({ code: 'usage.command', message: expect.stringContaining('--frobnicate') }) }]);
});

it('a folder that cannot be made, a file that is no database, and a store of a newer version are refused', async () => {
  const blocked = join(files, 'blocked');
  writeFileSync(blocked, '');
  expect(await basin(['train', ...COMPILED, '--data', blocked])).toMatchObject({ code: 1, stderr: expect.stringContaining('Choose another folder with --data') });
  const foreign = join(files, 'foreign');
  mkdirSync(foreign);
  writeFileSync(join(foreign, 'basin.sqlite'), 'this is no database, however long one makes it'.repeat(100));
  expect(await basin(['list', '--data', foreign])).toMatchObject({ code: 1, stderr: expect.stringContaining('is not a database') });
  const newer = newFolder();
  openStore(newer).close();
  const database = new Sqlite(join(newer, 'basin.sqlite'));
  database.pragma('user_version = 9999');
  database.close();
  expect(await basin(['list', '--data', newer])).toMatchObject({ code: 1, stderr: expect.stringContaining('9999') });
});

it('without a store there are no runs, and none is made', async () => {
  const nowhere = join(files, 'nowhere');
  expect(await basin(['list', '--data', nowhere])).toMatchObject({ code: 0, stdout: expect.stringContaining('No runs in') });
  expect(await basin(['show', '1', '--data', nowhere])).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no Basin store in') });
  expect(await basin(['list', '--json'], { BASIN_DATA: nowhere })).toMatchObject({ code: 0, stdout: '' });
});

it('help is on standard output and ends with 0; no command is wrong usage', async () => {
  const help = await basin(['--help']);
  expect(help).toMatchObject({ code: 0, stderr: '' });
  for (const command of ['train', 'resume', 'fork', 'stop', 'list', 'show', 'evaluate', 'energy-error', 'nested', 'reproduce', 'reason', 'export', 'import-weights', 'verify', 'doctor', 'bench', 'settings']) expect(help.stdout).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
  expect(help.stdout).toContain('130 interrupted');
  const own = await basin(['evaluate', '--help']);
  expect(own).toMatchObject({ code: 0, stdout: expect.stringContaining('--harder') });
  expect(own.stdout).toContain('--data');
  expect((await basin(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(await basin([])).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('Usage: basin') });
});
