import { BrowserWindow, Notification } from 'electron';
import type { Payload } from '../contract/api/index.ts';

/** A notification that nobody holds is forgotten before it is clicked. */
const shown = new Set<Notification>();

/**
 * Tells of a run's end through the system while no window of ours is looked at; the window has its own message.
 *
 * @param open called with the run's page when the notification is clicked
 */
export function notify({ title, text, run }: Payload<'notice'>, open: (path: string) => void): void {
  if (run === undefined || BrowserWindow.getFocusedWindow() || !Notification.isSupported()) return;
  const notification = new Notification({ title, body: text });
  notification.on('click', () => open(`/runs/${run}`));
  notification.on('close', () => shown.delete(notification));
  shown.add(notification);
  notification.show();
}
