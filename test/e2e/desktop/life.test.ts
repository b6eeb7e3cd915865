import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { newData } from '../support/app.ts';
import { trainerOf } from '../support/runs.ts';
import { ask, connected, describeDesktop, startEndless, until } from './apps.ts';
import type { DesktopApp } from './desktop-app.ts';

/** Has the person answer message boxes with a button; what they were asked is kept. */
const answerWith = (app: DesktopApp, button: string): Promise<void> =>
  app.evaluate(({ dialog }, wanted) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    dialog.showMessageBox = ((...given: unknown[]) => {
      const question = given.at(-1) as Electron.MessageBoxOptions;
      asked.push(`${question.message}\n${question.detail ?? ''}`);
      return Promise.resolve({ response: question.buttons!.indexOf(wanted), checkboxChecked: false });
    });
  }, button);
const asked = (app: DesktopApp): Promise<string[]> => app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);

const clickMenu = (app: DesktopApp, id: string): Promise<void> =>
  app.evaluate(({ Menu }, wanted) => {
    // Electron's types call it a Function.
    (Menu.getApplicationMenu()!.getMenuItemById(wanted)!.click as () => void)();
  }, id);

describeDesktop('the desktop app', ({ kind, open, startAgain }) => {
  const ready = async (data = newData(), ...args: string[]) => {
    const app = await open(data, ...args);
    const page = await app.page();
    await connected(page);
    return { app, page, data };
  };

  it('shows its window when the page has drawn, and opens it again where it was', async () => {
    const data = newData();
    const { app } = await ready(data);
    await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.isVisible())).toBe(true);
    await app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]!.setBounds({ x: 150, y: 90, width: 1000, height: 700 });
    });
    const before = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getBounds());
    await app.evaluate(({ app: running }) => running.quit());
    expect(await app.exited).toMatchObject({ code: 0 });
    const again = await ready(data);
    expect(await again.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getBounds())).toEqual(before);
  });

  it('runs once a data folder: a second start brings the first forward, at the page that its link names', async () => {
    const { app, page, data } = await ready();
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.minimize());
    expect(await startAgain(data, 'basin://settings')).toMatchObject({ code: 0 });
    await page.waitForURL(/\/settings$/);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.isMinimized())).toBe(false);
  });

  it('opens at the page that a link names', async () => {
    const { page } = await ready(newData(), 'basin://compare');
    expect(new URL(page.url()).pathname).toBe('/compare');
  });

  it('goes where its menu says, by name and by key', async () => {
    const { app, page } = await ready();
    await clickMenu(app, '/compare');
    await page.waitForURL(/\/compare$/);
    await clickMenu(app, 'shortcuts.show');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    if (app.kind === 'stand-in') {
      // A key pressed through the DevTools protocol reaches Electron's page, and not its menu.
      await page.keyboard.press('Control+,');
      await page.waitForURL(/\/settings$/);
    }
  });

  it('follows the theme that is preferred: page, window and menu', async () => {
    const { app, page } = await ready();
    const look = () => app.evaluate(({ nativeTheme, BrowserWindow, Menu }) => ({ source: nativeTheme.themeSource, background: BrowserWindow.getAllWindows()[0]!.getBackgroundColor().toLowerCase(), dark: Menu.getApplicationMenu()!.getMenuItemById('theme.dark')!.checked }));
    await clickMenu(app, 'theme.dark');
    await expect.poll(look).toEqual({ source: 'dark', background: '#11161c', dark: true });
    expect((await ask(page, 'app.info', {})).preferences.theme).toBe('dark');
    await page.waitForFunction(() => document.documentElement.dataset['theme'] === 'dark' && matchMedia('(prefers-color-scheme: dark)').matches);
    await ask(page, 'app.prefer', { theme: 'light' });
    await expect.poll(look).toEqual({ source: 'light', background: '#f4f5f7', dark: false });
  });

  it('saves files where the person says, and nothing when they would rather not', async () => {
    const { app, page, data } = await ready();
    const file = `${data}/chosen.csv`;
    const save = () => page.evaluate(() => window.basin!.requests['app.save']({ filename: '../loss.csv', content: new TextEncoder().encode('a,b\n1,2\n') }));
    const choose = (path: string) =>
      app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = ((...given: unknown[]) => {
          Object.assign(globalThis, { offered: (given.at(-1) as Electron.SaveDialogOptions).defaultPath });
          return Promise.resolve({ canceled: filePath === '', filePath });
        });
      }, path);
    await choose('');
    expect(await save()).toEqual({ ok: true, output: { saved: false } });
    await choose(file);
    expect(await save()).toEqual({ ok: true, output: { saved: true, path: file } });
    expect(readFileSync(file, 'utf8')).toBe('a,b\n1,2\n');
    expect(await app.evaluate(() => (globalThis as unknown as { offered: string }).offered)).toMatch(/[\\/]-loss\.csv$/);
    await choose(`${data}/missing/x.csv`);
    expect(await save()).toMatchObject({ ok: false, error: { code: 'file.folder-missing' } });
  });

  it('shows the data folder, or says why it cannot', async () => {
    const { app, page, data } = await ready();
    const answer = (failure: string) =>
      app.evaluate(({ shell }, words) => {
        shell.openPath = (path) => {
          Object.assign(globalThis, { shown: path });
          return Promise.resolve(words);
        };
      }, failure);
    await answer('');
    await ask(page, 'app.reveal', {});
    expect(await app.evaluate(() => (globalThis as unknown as { shown: string }).shown)).toBe(data);
    await answer('there is no file manager');
    await expect(ask(page, 'app.reveal', {})).rejects.toThrow('there is no file manager');
  });

  // Electron's own message waits for somebody to read it.
  it.skipIf(kind === 'electron')('says why it cannot start', async () => {
    const data = newData();
    writeFileSync(`${data}/basin.sqlite`, 'not a database, and longer than a header of one has to be'.repeat(20));
    const app = await open(data);
    expect(await app.exited).toMatchObject({ code: 1 });
    expect(app.output()).toMatch(/Basin cannot start.*basin\.sqlite/s);
  });
});

describeDesktop('runs in the desktop app', ({ open }) => {
  const ready = async (data = newData()) => {
    const app = await open(data);
    const page = await app.page();
    await connected(page);
    return { app, page, data };
  };

  it('keep the machine awake, and the app asks before it ends them', async () => {
    const { app, page } = await ready();
    const awake = () => app.evaluate(({ powerSaveBlocker }) => [0, 1, 2, 3].some((id) => powerSaveBlocker.isStarted(id)));
    expect(await awake()).toBe(false);
    const run = await startEndless(page);
    expect(await awake()).toBe(true);

    await answerWith(app, 'Cancel');
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close());
    await expect.poll(() => asked(app)).toEqual([expect.stringContaining('A run is training. Stop it and quit?')]);
    const { run: still } = await ask(page, 'runs.get', { run });
    expect(still.status).toBe('running');

    await ask(page, 'runs.stop', { run });
    await expect.poll(awake).toBe(false);
    await app.evaluate(({ app: running }) => running.quit());
    expect(await app.exited).toMatchObject({ code: 0 });
  });

  it('are stopped with a checkpoint when the person wants to quit, and go on the next time', async () => {
    const { app, page, data } = await ready();
    const run = await startEndless(page);
    await answerWith(app, 'Stop the run and quit');
    await app.evaluate(({ app: running }) => running.quit());
    expect(await app.exited).toMatchObject({ code: 0 });

    const again = await ready(data);
    const { run: stopped, checkpoints } = await ask(again.page, 'runs.get', { run });
    expect(stopped.status).toBe('stopped');
    expect(checkpoints.map(({ iteration }) => iteration)).toContain(stopped.iteration);
    await ask(again.page, 'runs.resume', { run });
    await until(again.page, async () => (await ask(again.page, 'runs.get', { run })).run.iteration > stopped.iteration);
  });

  // Windows has no signals.
  it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM'] as const)('are stopped without a question on %s', async (signal) => {
    const { app, page, data } = await ready();
    const run = await startEndless(page);
    app.signal(signal);
    expect(await app.exited).toMatchObject({ code: 0 });
    const again = await ready(data);
    expect((await ask(again.page, 'runs.get', { run })).run.status).toBe('stopped');
  });

  it('go on while the window’s page is gone, which is said and mended', async () => {
    const { app, page } = await ready();
    const run = await startEndless(page);
    await answerWith(app, 'Reload the window');
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.forcefullyCrashRenderer());
    await expect.poll(() => asked(app)).toEqual([expect.stringMatching(/^The window (crashed|was ended by another program)\nThe runs go on/)]);
    // The page object of the test is that of the page that crashed: the new one is asked through the app.
    const read = () =>
      app.evaluate(({ BrowserWindow }, id) => BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript(`window.basin.requests['runs.get']({ run: ${id} }).then((answer) => answer.output.run)`) as Promise<{ status: string; iteration: number }>, run);
    await expect.poll(read, { timeout: 20_000 }).toMatchObject({ status: 'running' });
    const { iteration } = await read();
    await expect.poll(async () => (await read()).iteration, { timeout: 20_000 }).toBeGreaterThan(iteration);
  });

  it('that are killed are reported, to the page and by the system when nobody looks', async () => {
    const { app, page, data } = await ready();
    const run = await startEndless(page, 'doomed');
    await app.evaluate(({ BrowserWindow, Notification }) => {
      const shown: string[] = [];
      Object.assign(globalThis, { shown });
      const last: { notification?: Electron.Notification } = {};
      Object.assign(globalThis, { last });
      Notification.prototype.show = function show(this: Electron.Notification) {
        shown.push(`${this.title}\n${this.body}`);
        last.notification = this;
      };
      BrowserWindow.getFocusedWindow = () => null;
    });
    process.kill(trainerOf(data, run), 'SIGKILL');
    await expect.poll(() => app.evaluate(() => (globalThis as unknown as { shown: string[] }).shown)).toEqual([expect.stringMatching(/^doomed was interrupted\n.*(SIGKILL|exit code).*kept/s)]);
    expect((await ask(page, 'runs.get', { run })).run.status).toBe('interrupted');
    await page.getByText('doomed was interrupted').first().waitFor();

    await app.evaluate(() => (globalThis as unknown as { last: { notification: Electron.Notification } }).last.notification.emit('click'));
    await page.waitForURL(new RegExp(`/runs/${run}$`));
  });
});
