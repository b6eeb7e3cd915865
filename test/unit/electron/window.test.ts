import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { BACKGROUND } from '../../../src-main/electron/window.ts';

vi.mock('electron', () => import('../../electron-standin/electron.ts'));

it('a window has the page’s colours before the page has drawn', () => {
  const tokens = readFileSync(join(import.meta.dirname, '../../../src-renderer/styles/tokens.css'), 'utf8');
  const colours = [...tokens.matchAll(/--surface-0:\s*(#[0-9a-f]{6})/g)].map(([, colour]) => colour);
  expect(colours).toContain(BACKGROUND.light);
  expect(colours).toContain(BACKGROUND.dark);
  expect(new Set(colours).size).toBe(2);
});
