import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { dataFolder } from '../workbench/data-folder.ts';
import { LINK_SCHEME, pageOfArguments, pageOfLink } from './deep-link.ts';
import { startDesktop } from './desktop.ts';
import type { MainWindow } from './main-window.ts';
import { dataOption } from './options.ts';
import { declareScheme } from './protocol.ts';
import { guardContents } from './security.ts';

/*
 * The desktop app. What must be said before Electron is ready is said here; the rest is desktop.ts.
 */

/** As in electron-builder.yml; Windows needs it for notifications. */
const APP_ID = 'org.basin.workbench';

let window: MainWindow | undefined;
/** Where a link leads that came before there was a window. */
let page = pageOfArguments(process.argv);

function goTo(path: string | undefined): void {
  if (window) window.show(path);
  else page = path ?? page;
}

function setUp(): void {
  app.setName('Basin');
  const folder = dataFolder(dataOption(process.argv));
  // What Chromium keeps goes beside the store, not among it.
  const session = join(folder, 'window');
  mkdirSync(session, { recursive: true });
  // One app a data folder: the lock lies in it.
  app.setPath('userData', folder);
  app.setPath('sessionData', session);
  if (!app.requestSingleInstanceLock({ page })) {
    // The Basin that is open already comes forward.
    app.quit();
    return;
  }
  app.setAppUserModelId(APP_ID);
  app.enableSandbox();
  declareScheme();
  guardContents();
  // From the sources, the system would be told of a program that is not Basin.
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);

  app.on('second-instance', (_event, args, _folder, said) => goTo(pageOf(said) ?? pageOfArguments(args)));
  app.on('open-url', (event, link) => {
    event.preventDefault();
    const path = pageOfLink(link);
    if (path !== undefined) goTo(path);
  });
  void app.whenReady().then(async () => {
    window = await startDesktop(folder, page);
  }).catch(giveUp);
}

/** What another start says that it was asked for; it may be another version of Basin. */
function pageOf(said: unknown): string | undefined {
  const { page: path } = (said ?? {}) as { page?: unknown };
  return typeof path === 'string' ? pageOfLink(`${LINK_SCHEME}:${path}`) : undefined;
}

function giveUp(error: unknown): void {
  dialog.showErrorBox('Basin cannot start', error instanceof Error ? error.message : String(error));
  app.exit(1);
}

try {
  setUp();
} catch (error) {
  giveUp(error);
}
