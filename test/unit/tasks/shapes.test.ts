import { expect, it } from 'vitest';
import { REQUESTS } from '../../../src-main/contract/api/index.ts';
import { TASKS } from '../../../src-main/contract/config.ts';
import { resolveConfig } from '../../../src-main/contract/settings.ts';
import { Problems } from '../../../src-main/host/problems.ts';

// The page's tests read this file: they draw every task without opening one. `vitest -u` writes it anew.
it('a page is told how to draw every generated task, as test/fixtures/task-shapes.json says', async () => {
  const problems = new Problems({ ask: () => Promise.reject(new Error('only files are asked for')) });
  const lines = [];
  for (const task of TASKS.filter((name) => name !== 'dataset')) {
    for (const rank of [1, 2, 20, 64]) {
      const problem = await problems.of(resolveConfig({ task, rank }));
      expect(REQUESTS['runs.get'].output.shape.problem.parse(problem)).toEqual(problem);
      lines.push(JSON.stringify({ task, rank, ...problem }));
    }
  }
  await expect(`[\n${lines.join(',\n')}\n]\n`).toMatchFileSnapshot('../../fixtures/task-shapes.json');
});
