import { app, dialog, Menu, session } from 'electron';
import { createHost } from '../host/host.ts';
import { builtPage, readBundle } from '../page/bundle.ts';
import { setProgramStarter } from '../programs/start.ts';
import { onInterrupt } from '../terminal/interrupt.ts';
import { Workbench } from '../workbench/workbench.ts';
import { Awake } from './awake.ts';
import { Bridge } from './bridge.ts';
import { surviveCrashes } from './crashes.ts';
import { systemFiles } from './files.ts';
import { MainWindow } from './main-window.ts';
import { menuTemplate } from './menu-template.ts';
import { notify } from './notifications.ts';
import { OwnClient } from './own-client.ts';
import { startUtility } from './programs.ts';
import { servePage } from './protocol.ts';
import { Quitting } from './quitting.ts';
import { guardSession, openLink } from './security.ts';

const mac = process.platform === 'darwin';

/**
 * Opens the workbench's window on a data folder. Call when the app is ready.
 *
 * @returns the window, for those who ask for it later
 * @throws BasinError `store.*`, `page.bundle`
 */
export async function startDesktop(folder: string, page: string | undefined): Promise<MainWindow> {
  setProgramStarter(startUtility);
  const workbench = Workbench.open(folder, { sparing: true });
  const files = systemFiles(() => window.current);
  const host = createHost({ workbench, kind: 'electron', shell: files });
  const own = new OwnClient(host, { themed: () => setMenu(), noticed: (notice) => notify(notice, (run) => window.show(run)) });
  await own.load();

  guardSession(session.defaultSession);
  servePage(session.defaultSession.protocol, readBundle(builtPage()), () => ({ theme: own.theme, store: workbench.identity }));

  const awake = new Awake();
  workbench.watch(() => awake.update(workbench.active.length > 0));

  const quitting = new Quitting({
    active: () => workbench.active.length,
    window: () => window.current,
    async stop() {
      await host.stopAll();
      host.close();
      workbench.close();
      awake.update(false);
    },
  });
  const window: MainWindow = new MainWindow({
    folder,
    bridge: new Bridge(host),
    tell: (command) => host.command(command),
    opened: (opened) => {
      surviveCrashes(opened, () => quitting.isLeaving);
      // Closing the window is quitting, and asks as quitting does; on macOS the app stays, and runs go on.
      opened.on('close', (event) => {
        if (mac || quitting.isOver) return;
        event.preventDefault();
        app.quit();
      });
    },
  });

  function setMenu(): void {
    const failed = (error: unknown) => dialog.showErrorBox('That was not done', (error as Error).message);
    const actions = {
      ask: (command: string) => window.ask(command),
      useTheme: (theme: typeof own.theme) => void own.useTheme(theme).catch(failed),
      openLink,
      showFolder: () => void files.reveal(folder).catch(failed),
      reload: () => window.current?.webContents.reload(),
    };
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(actions, { mac, packaged: app.isPackaged, theme: own.theme })));
  }
  setMenu();

  app.on('before-quit', quitting.beforeQuit);
  app.on('window-all-closed', () => {
    if (!mac) app.quit();
  });
  app.on('activate', () => window.show());
  // Chromium has handlers of its own, which quit and would ask: only what is set when the app is ready replaces them.
  onInterrupt(
    () => void quitting.leave(),
    () => {
      for (const run of workbench.active) workbench.kill(run);
      app.exit(130);
    },
  );
  window.show(page);
  return window;
}
