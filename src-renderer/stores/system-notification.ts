/*
 * Notifications of the operating system, for a window that is not looked at. In a browser they need a permission; without it the
 * message in the window is all there is. The desktop host shows its own.
 */

export type Allowed = NotificationPermission | 'absent';

export const permission = (): Allowed => (window.basin ? 'granted' : 'Notification' in window ? Notification.permission : 'absent');

/** Has the browser ask the person. */
export async function askPermission(): Promise<Allowed> {
  return permission() === 'absent' ? 'absent' : Notification.requestPermission();
}

export function notifySystem(title: string, text: string): void {
  if (window.basin || permission() !== 'granted') return;
  const notification = new Notification(title, { body: text, icon: '/icon.svg' });
  notification.onclick = () => {
    window.focus();
    notification.close();
  };
}
