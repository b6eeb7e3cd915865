import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { basin, jsonLines, newFolder } from './cli-program.ts';

const data = newFolder();
const env = { BASIN_DATA: data };
const SMALL = ['rank=2', 'hidden=8', 'batch=8', 'probe_every=0'].flatMap((setting) => ['--set', setting]);
const train = async (...args: string[]) => {
  const { code, stdout } = await basin(['train', ...SMALL, '--iterations', '2', '--json', ...args], env);
  expect(code).toBe(0);
  return jsonLines(stdout)[0]!;
};

interface Entry {
  key: string;
  reports: { id: { engine: string; device: string }; usable: boolean; training?: { ms: number } }[];
}
const remembered = (): Entry[] => JSON.parse(readFileSync(join(data, 'engines.json'), 'utf8')) as Entry[];

it('auto tries the engines once for a machine and network, and stores its choice with the run', async () => {
  const first = await train();
  const [entry, ...others] = remembered();
  expect(others).toEqual([]);
  const usable = entry!.reports.filter((report) => report.usable).sort((a, b) => a.training!.ms - b.training!.ms);
  expect(usable[0]!.id).toEqual({ engine: first.engine, device: first.device });

  // What is remembered decides from then on: nothing is tried a second time.
  entry!.reports = [{ ...usable[0]!, id: { engine: 'eager', device: 'tensorflow' }, usable: false }, { ...usable[0]!, id: { engine: 'compiled', device: 'cpu' } }];
  for (const device of ['cuda', 'webgpu', 'coreml', 'dml']) entry!.reports.push({ ...usable[0]!, id: { engine: 'compiled', device }, usable: false });
  writeFileSync(join(data, 'engines.json'), JSON.stringify([entry]));
  expect(await train('--engine', 'auto')).toMatchObject({ engine: 'compiled', device: 'cpu' });
  expect(remembered()).toEqual([entry]);
});

it('a wish for one engine is taken without trying, a wish for a kind among those of that kind', async () => {
  const before = remembered();
  expect(await train('--engine', 'eager', '--device', 'cpu')).toMatchObject({ engine: 'eager', device: 'cpu' });
  expect(remembered()).toEqual(before);
  expect(await train('--engine', 'eager')).toMatchObject({ engine: 'eager' });
});

it('a damaged memory is made anew', async () => {
  writeFileSync(join(data, 'engines.json'), '[{"key":');
  await train('--device', 'cpu');
  expect(remembered()[0]!.reports.map(({ id }) => `${id.engine}/${id.device}`)).toEqual(['compiled/cpu']);
});

it('doctor tries all engines again, each a line with its numbers or its reason', async () => {
  const { code, stdout } = await basin(['doctor', ...SMALL, '--json'], env);
  expect(code).toBe(0);
  const lines = jsonLines(stdout);
  expect(lines).toHaveLength(8);
  for (const { usable, reason, hint, relativeError, training } of lines) {
    if (usable) expect([relativeError, training?.ms]).toEqual([expect.any(Number), expect.any(Number)]);
    else expect([reason, hint]).toEqual([expect.any(String), expect.any(String)]);
  }
  expect(lines.filter(({ chosen }) => chosen)).toHaveLength(1);
  expect(remembered()[0]!.reports).toHaveLength(8);
  const text = await basin(['doctor', ...SMALL, '--engine', 'compiled', '--device', 'cpu'], env);
  expect(text.stdout).toMatch(/^Engine +Usable +Error .*\ncompiled\/cpu +yes +\S+ +\S+ +\S+\n\nauto takes compiled\/cpu\n$/);
  if (process.platform !== 'darwin') expect((await basin(['doctor', ...SMALL, '--device', 'coreml'], env)).code).toBe(1);
});
