import { app, dialog, type BrowserWindow } from 'electron';

/** Why a page's process is gone, in words that follow "The window". */
const REASONS: Readonly<Record<string, string>> = {
  'abnormal-exit': 'ended unexpectedly',
  killed: 'was ended by another program',
  crashed: 'crashed',
  oom: 'ran out of memory',
  'memory-eviction': 'ran out of memory',
  'launch-failed': 'could not be started',
  'integrity-failure': 'could not be started: a file of Basin was changed',
};

/**
 * Says in plain words when the page's process is gone or does not respond, and offers to load it again. Runs are other
 * processes: they go on.
 *
 * @param isLeaving whether the app is ending anyway
 */
export function surviveCrashes(window: BrowserWindow, isLeaving: () => boolean): void {
  const { webContents } = window;
  const ask = async (message: string, otherwise: string, signal?: AbortSignal): Promise<'reload' | 'otherwise'> => {
    const { response } = await dialog.showMessageBox(window, {
      type: 'error',
      message,
      detail: 'The runs go on: they train in processes of their own, and what they record is kept.',
      buttons: ['Reload the window', otherwise],
      defaultId: 0,
      cancelId: 1,
      ...(signal ? { signal } : {}),
    });
    return response === 0 ? 'reload' : 'otherwise';
  };

  webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || isLeaving()) return;
    void ask(`The window ${REASONS[reason] ?? `is gone (${reason})`}`, 'Quit').then((choice) => {
      if (window.isDestroyed()) return;
      if (choice === 'reload') webContents.reload();
      else app.quit();
    });
  });

  let waiting: AbortController | undefined;
  window.on('unresponsive', () => {
    if (waiting || isLeaving()) return;
    const patience = new AbortController();
    waiting = patience;
    void ask('The window does not respond', 'Wait', patience.signal).then((choice) => {
      waiting = undefined;
      if (choice === 'reload' && !patience.signal.aborted && !window.isDestroyed()) webContents.reload();
    });
  });
  // It came back by itself: the question is over.
  window.on('responsive', () => waiting?.abort());
}
