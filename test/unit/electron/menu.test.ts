import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { menuTemplate, type MenuActions } from '../../../src-main/electron/menu-template.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const pageSources = readdirSync(join(root, 'src-renderer'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(ts|vue)$/.test(name))
  .map((name) => readFileSync(join(root, 'src-renderer', name), 'utf8'))
  .join('\n');

const actions = (): MenuActions => ({ ask: vi.fn(), useTheme: vi.fn(), openLink: vi.fn(), showFolder: vi.fn(), reload: vi.fn() });
const leaves = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] => items.flatMap((item) => (Array.isArray(item.submenu) ? leaves(item.submenu) : [item]));

describe.each([true, false])('the menu (on a Mac: %s)', (mac) => {
  const all = leaves(menuTemplate(actions(), { mac, packaged: true, theme: 'dark' }));

  it('gives every accelerator once', () => {
    const keys = all.flatMap(({ accelerator }) => (accelerator ? [accelerator] : []));
    expect(keys.length).toBeGreaterThan(15);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('asks for commands that the page has, and pages that its router knows', () => {
    const asked = all.flatMap(({ id }) => (id?.includes('.') && !id.startsWith('theme.') ? [id] : []));
    expect(asked).toContain('run.stop');
    for (const command of asked) expect(pageSources).toContain(`id: '${command}'`);
    for (const path of all.flatMap(({ id }) => (id?.startsWith('/') ? [id] : []))) expect(pageSources).toMatch(new RegExp(`path: '${path}[/':]`));
  });

  it('leads to every page', () => {
    expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining(['/runs', '/new', '/compare', '/replay', '/reproduce', '/settings']));
  });

  it('marks the theme that is set', () => {
    expect(all.filter(({ checked }) => checked).map(({ id }) => id)).toEqual(['theme.dark']);
  });

  it('has developer tools only where it runs from its sources', () => {
    const roles = (packaged: boolean) => leaves(menuTemplate(actions(), { mac, packaged, theme: 'system' })).map(({ role }) => role);
    expect(roles(true)).not.toContain('toggleDevTools');
    expect(roles(false)).toContain('toggleDevTools');
    expect(roles(true)).toEqual(expect.arrayContaining(['quit', 'about', 'resetZoom', 'togglefullscreen']));
  });

  it('does what its items say', () => {
    const done = actions();
    const menu = leaves(menuTemplate(done, { mac, packaged: true, theme: 'system' }));
    const click = (id: string) => menu.find((item) => item.id === id)!.click!({} as never, undefined, {});
    click('run.fork');
    click('/compare');
    click('theme.light');
    click('folder');
    click('reload');
    click('paper');
    expect(done.ask).toHaveBeenNthCalledWith(1, 'run.fork');
    expect(done.ask).toHaveBeenNthCalledWith(2, '/compare');
    expect(done.useTheme).toHaveBeenCalledWith('light');
    expect(done.showFolder).toHaveBeenCalledOnce();
    expect(done.reload).toHaveBeenCalledOnce();
    expect(done.openLink).toHaveBeenCalledWith(expect.stringMatching(/^https:\/\/arxiv\.org\//));
  });
});
