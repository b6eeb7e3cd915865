/**
 * A notification of the operating system, for a window that is not looked at. In a browser it needs the permission that Settings
 * asks for; without it the notice in the window is all there is.
 */
export function notifySystem(title: string, text: string): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const notification = new Notification(title, { body: text, icon: '/icon.svg' });
  notification.onclick = () => {
    window.focus();
    notification.close();
  };
}
