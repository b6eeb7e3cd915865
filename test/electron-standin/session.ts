import { addScheme, schemeOf, toApp } from './addresses.ts';
import type { Answered, Asked } from './renderer.ts';
import { chromium, needsReady, needsUnready } from './state.ts';

type CheckHandler = NonNullable<Parameters<Electron.Session['setPermissionCheckHandler']>[0]>;
type RequestHandler = NonNullable<Parameters<Electron.Session['setPermissionRequestHandler']>[0]>;
type DeviceHandler = NonNullable<Parameters<Electron.Session['setDevicePermissionHandler']>[0]>;
type ProtocolHandler = (request: Request) => Response | Promise<Response>;
type BeforeRequest = (details: Electron.OnBeforeRequestListenerDetails, callback: (response: Electron.CallbackResponse) => void) => void;

/** Schemes that were declared with privileges; others are not loaded at all here. */
const privileged = new Map<string, Electron.Privileges>();

/** `protocol` of a session; the module's own also declares schemes. */
export class Protocol implements Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle' | 'unhandle' | 'isProtocolHandled'> {
  readonly #handlers = new Map<string, ProtocolHandler>();

  registerSchemesAsPrivileged(customSchemes: Electron.CustomScheme[]): void {
    needsUnready('protocol.registerSchemesAsPrivileged');
    for (const { scheme, privileges } of customSchemes) {
      privileged.set(scheme, privileges ?? {});
      addScheme(scheme);
    }
  }
  handle(scheme: string, handler: ProtocolHandler): void {
    needsReady('protocol.handle');
    const { standard, secure, bypassCSP } = privileged.get(scheme) ?? {};
    if (!standard || !secure || bypassCSP) throw new Error(`The stand-in shows a scheme as https: "${scheme}" must be standard and secure, and keep content policies`);
    this.#handlers.set(scheme, handler);
    handlersOf.set(this, this.#handlers);
  }
  unhandle(scheme: string): void {
    this.#handlers.delete(scheme);
  }
  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme);
  }
}

const handlersOf = new WeakMap<Protocol, Map<string, ProtocolHandler>>();

export class WebRequest implements Pick<Electron.WebRequest, 'onBeforeRequest'> {
  onBeforeRequest(...args: [BeforeRequest | null] | [unknown, BeforeRequest | null]): void {
    if (args.length !== 1) throw new Error('The stand-in knows onBeforeRequest without a filter');
    beforeRequest = args[0] ?? undefined;
  }
}
let beforeRequest: BeforeRequest | undefined;

export class Session implements Pick<Electron.Session, 'protocol' | 'webRequest' | 'setPermissionCheckHandler' | 'setPermissionRequestHandler' | 'setDevicePermissionHandler'> {
  readonly #protocol = new Protocol();
  readonly #webRequest = new WebRequest();

  get protocol(): Electron.Protocol {
    return this.#protocol as unknown as Electron.Protocol;
  }
  get webRequest(): Electron.WebRequest {
    return this.#webRequest as unknown as Electron.WebRequest;
  }
  setPermissionCheckHandler(handler: CheckHandler | null): void {
    checks = handler ?? undefined;
  }
  setPermissionRequestHandler(handler: RequestHandler | null): void {
    requests = handler ?? undefined;
  }
  setDevicePermissionHandler(_handler: DeviceHandler | null): void {
    // Chromium without a display has no device to choose.
  }
}

let checks: CheckHandler | undefined;
let requests: RequestHandler | undefined;

const one = new Session();
export const session = {
  get defaultSession(): Electron.Session {
    needsReady('session.defaultSession');
    return one as unknown as Electron.Session;
  },
};
export const protocol = new Protocol();

let asked = 0;

/** What the app answers to a page's request; undefined: it, or the missing network, blocks it. */
export async function answerRequest({ url, method, headers, resourceType }: Asked): Promise<Answered | undefined> {
  const before = beforeRequest;
  if (before) {
    const { cancel } = await new Promise<Electron.CallbackResponse>((resolve) => before({ id: ++asked, url, method, resourceType: resourceType as 'mainFrame', referrer: '', timestamp: Date.now(), uploadData: [] }, resolve));
    if (cancel) return undefined;
  }
  const handler = handlersOf.get(one.protocol as unknown as Protocol)?.get(schemeOf(url));
  if (!handler) return undefined;
  const plain = Object.entries(headers).map(([name, value]): [string, string] => [name, toApp(value)]);
  const response = await handler(new Request(url, { method, headers: plain }));
  return { status: response.status, headers: [...response.headers], body: new Uint8Array(await response.arrayBuffer()) };
}

/** Electron's name of a permission, and Chromium's. */
const PERMISSIONS = [
  ['geolocation', { name: 'geolocation' }],
  ['notifications', { name: 'notifications' }],
  ['media', { name: 'camera' }],
  ['media', { name: 'microphone' }],
  ['midi', { name: 'midi' }],
  ['midiSysex', { name: 'midi', sysex: true }],
  ['clipboard-read', { name: 'clipboard-read' }],
  ['clipboard-sanitized-write', { name: 'clipboard-write' }],
  ['idle-detection', { name: 'idle-detection' }],
  ['window-management', { name: 'window-management' }],
  ['storage-access', { name: 'storage-access' }],
] as const;

/** Has Chromium grant and deny a page what the app's handlers say; without handlers Electron grants everything. */
export async function applyPermissions(contents: Electron.WebContents, url: string, chromiumOrigin: string): Promise<void> {
  const { cdp } = await chromium();
  // Chromium itself gives a page without an origin nothing.
  if (chromiumOrigin === 'null') return;
  for (const [permission, descriptor] of PERMISSIONS) {
    const isAllowed = (checks?.(contents, permission, url, { isMainFrame: true, requestingUrl: url, mediaType: 'unknown', embeddingOrigin: url } as never) ?? true) && (await isGranted(contents, permission, url));
    await cdp.browser.call('Browser.setPermission', { permission: descriptor, setting: isAllowed ? 'granted' : 'denied', origin: chromiumOrigin }).catch((error: unknown) => {
      // A permission that this Chromium does not know it does not give.
      if (!/Unknown permission|not supported|invalid/i.test(String(error))) throw error;
    });
  }
}

function isGranted(contents: Electron.WebContents, permission: string, url: string): Promise<boolean> {
  const handler = requests;
  if (!handler) return Promise.resolve(true);
  return new Promise((resolve) => handler(contents, permission as Parameters<RequestHandler>[1], resolve, { isMainFrame: true, requestingUrl: url }));
}
