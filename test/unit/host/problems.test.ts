import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BasinError } from '../../../src-main/contract/errors.ts';
import { resolveConfig } from '../../../src-main/contract/settings.ts';
import { Problems } from '../../../src-main/host/problems.ts';

describe('how problems are drawn', () => {
  it('is known of generated ones, and asked once of a file until that changes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'basin-problems-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const data = join(folder, 'a.npz');
    writeFileSync(data, '1');
    let asked = 0;
    const problem = { widths: { x: 1, y: 1 }, pictures: { x: { count: 1, rows: 1, columns: 1 }, y: { count: 1, rows: 1, columns: 1 } } };
    const problems = new Problems({ ask: (): Promise<never> => (asked++ === 0 ? Promise.reject(new BasinError('dataset.form', 'no')) : Promise.resolve(problem as never)) });
    const config = resolveConfig({ task: 'dataset', data });
    await expect(problems.of(config)).rejects.toMatchObject({ code: 'dataset.form' });
    await Promise.all([problems.of(config), problems.of({ ...config, hidden: 7 })]);
    await problems.of(config);
    expect(asked).toBe(2);
    appendFileSync(data, '2');
    await problems.of(config);
    expect(asked).toBe(3);
    expect(await problems.of(resolveConfig({ task: 'inverse', rank: 3 }))).toMatchObject({ widths: { x: 9, y: 9 } });
    expect(asked).toBe(3);
  });
});
