/* What `import … from 'electron'` gives the app's main process. */
import { app as standinApp } from './app.ts';
import { BrowserWindow as StandinWindow } from './browser-window.ts';
import { ipcMain as standinIpc } from './ipc-main.ts';
import { Menu as StandinMenu, MenuItem as StandinMenuItem } from './menu.ts';
import { nativeTheme as standinTheme } from './native-theme.ts';
import { offered } from './offered.ts';
import { protocol as standinProtocol, session as standinSession } from './session.ts';
import * as system from './system.ts';
import { UtilityProcess } from './utility-process.ts';

export const app = offered('app', standinApp);
export const BrowserWindow = offered('BrowserWindow', StandinWindow);
export const Menu = offered('Menu', StandinMenu);
export const MenuItem = offered('MenuItem', StandinMenuItem);
export const Notification = offered('Notification', system.Notification);
export const dialog = offered('dialog', system.dialog);
export const ipcMain = offered('ipcMain', standinIpc);
export const nativeTheme = offered('nativeTheme', standinTheme);
export const powerSaveBlocker = offered('powerSaveBlocker', system.powerSaveBlocker);
export const protocol = offered('protocol', standinProtocol);
export const screen = offered('screen', system.screen);
export const session = offered('session', standinSession);
export const shell = offered('shell', system.shell);
export const utilityProcess = offered('utilityProcess', { fork: (...args: Parameters<typeof UtilityProcess.fork>) => UtilityProcess.fork(...args) });
