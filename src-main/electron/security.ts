import { app, shell, type Event, type Session, type WebContents } from 'electron';
import { isOurs } from './origin.ts';

/** What the page may do beyond drawing: charts fill the screen, and are copied as pictures and text. */
const ALLOWED: ReadonlySet<string> = new Set(['fullscreen', 'clipboard-sanitized-write']);

/** Hosts that a link may open, in the person's own browser. */
const EXTERNAL: ReadonlySet<string> = new Set(['arxiv.org', 'energy-based-model.github.io', 'github.com']);

/** Where the window itself may get anything from; the page makes blobs and data addresses of its own. */
const LOADABLE: ReadonlySet<string> = new Set(['blob:', 'data:', 'devtools:']);

/** Whether a link may leave the app: https, a host of the list, its usual port and no name or password in it. */
export function isAllowedLink(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === 'https:' && EXTERNAL.has(url.host) && url.username === '' && url.password === '';
}

/** Opens a link of the list in the person's browser; any other is left alone. */
export function openLink(address: string): void {
  if (isAllowedLink(address)) void shell.openExternal(address);
}

/** Whether the page has a permission: two of them, and only the page itself, not something that it embeds. */
const isAllowed = (permission: string, address: string | undefined, isMainFrame: boolean): boolean => ALLOWED.has(permission) && isMainFrame && address !== undefined && isOurs(address);

/** Denies a session's pages every permission, device and address that the page does not need. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, decide, details) => decide(isAllowed(permission, details.requestingUrl, details.isMainFrame)));
  session.setPermissionCheckHandler((_contents, permission, origin, details) => isAllowed(permission, origin, details.isMainFrame));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !isOurs(url) && !LOADABLE.has(URL.parse(url)?.protocol ?? '') }));
}

/** Keeps every page where it is: nothing navigates away, nothing is embedded, no window opens another. Call before the first window. */
export function guardContents(): void {
  const deny = (event: Event) => event.preventDefault();
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-navigate', deny);
    contents.on('will-frame-navigate', deny);
    contents.on('will-redirect', deny);
    contents.on('will-attach-webview', deny);
    contents.setWindowOpenHandler(({ url }) => {
      openLink(url);
      return { action: 'deny' };
    });
  });
}
