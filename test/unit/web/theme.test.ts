import { expect, it, onTestFinished } from 'vitest';
import { createHost } from '../../../src-main/host/host.ts';
import { Workbench } from '../../../src-main/workbench/workbench.ts';
import { themeOf } from '../../../src-main/web/theme.ts';
import { newFolder } from '../workbench/sandbox.ts';

it('is the one that is set', async () => {
  const workbench = Workbench.open(newFolder());
  const host = createHost({ workbench, kind: 'web' });
  onTestFinished(() => {
    host.close();
    workbench.close();
  });
  expect(await themeOf(host)).toBe('system');
  await host.open(() => undefined).handle('app.prefer', { theme: 'dark' });
  expect(await themeOf(host)).toBe('dark');
});
