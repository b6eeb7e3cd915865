import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { ORIGIN } from './origin.ts';
import { LEAST, place, readWindowState, writeWindowState } from './window-state.ts';

/** The page's colour behind everything (`--surface-0` of styles/tokens.css): the window has it before the page has drawn. */
export const BACKGROUND = { light: '#f4f5f7', dark: '#11161c' } as const;
const background = (): string => (nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light);

/** How long a window must rest before its place is kept, ms. */
const REST = 500;

/**
 * Opens the workbench's window, where it was before, on a page.
 *
 * @param folder data folder, which keeps the window's place
 * @param path a page's address, e.g. "/runs"
 */
export function openWindow(folder: string, path: string): BrowserWindow {
  const state = readWindowState(folder);
  const [first, ...others] = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()];
  const window = new BrowserWindow({
    ...place(state, [first, ...others].map(({ workArea }) => workArea)),
    minWidth: LEAST.width,
    minHeight: LEAST.height,
    title: 'Basin',
    backgroundColor: background(),
    show: false,
    webPreferences: {
      preload: fileURLToPath(new URL('../preload/preload.cjs', import.meta.url)),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  if (state.maximised) window.maximize();
  // A window that shows at once is white until the page has drawn.
  window.once('ready-to-show', () => window.show());

  const repaint = () => window.setBackgroundColor(background());
  nativeTheme.on('updated', repaint);
  window.once('closed', () => nativeTheme.off('updated', repaint));
  keepPlace(window, folder);
  void window.loadURL(ORIGIN + path);
  return window;
}

function keepPlace(window: BrowserWindow, folder: string): void {
  let timer: NodeJS.Timeout | undefined;
  const keep = () => {
    clearTimeout(timer);
    if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return;
    try {
      writeWindowState(folder, { ...window.getNormalBounds(), maximised: window.isMaximized() });
    } catch {
      // A full disk: the window's place is not worth a message.
    }
  };
  const rest = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, REST);
  };
  window.on('resize', rest);
  window.on('move', rest);
  window.on('maximize', rest);
  window.on('unmaximize', rest);
  window.on('close', keep);
  window.on('closed', () => clearTimeout(timer));
}

/** Brings a window to the front. */
export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
