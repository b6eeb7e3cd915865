import { decode, encode } from './clone.ts';
import * as electron from './electron.ts';
import { missing } from './offered.ts';
import { chromium } from './state.ts';
import { WebContents } from './web-contents.ts';

/* The test's hand in the app: it has functions run in the main process, as Playwright does in Electron. */

/** What the test asks. `code` is the source of a function of (electron, argument). */
export interface Order {
  readonly id: number;
  readonly code: string;
  readonly argument: string;
}

export type Outcome = { readonly id: number; readonly ok: true; readonly value: string } | { readonly id: number; readonly ok: false; readonly error: string };

/** What only the stand-in has, under the name `standin`. */
const standin = {
  /** Members that were used and are not offered. */
  missing: () => missing,
  /** Where the windows' pages are to be seen. */
  endpoint: async () => (await chromium()).endpoint,
  /** What the preload's world sees. */
  inPreload: (window: Electron.BrowserWindow, code: string) => WebContents.evaluateInPreload(window.webContents as unknown as WebContents, code),
};

/** Takes the channel to the test, which the app must not see. */
export function takeControl(): void {
  const send = process.send?.bind(process);
  if (!send) return;
  Object.defineProperty(process, 'send', { value: undefined });
  process.on('message', (order: Order) => {
    void run(order).then((outcome) => send(outcome));
  });
  // It does not keep the app alive.
  process.channel?.unref();
}

async function run({ id, code, argument }: Order): Promise<Outcome> {
  try {
    const work = (0, eval)(`(${code})`) as (given: typeof electron & { standin: typeof standin }, argument: unknown) => unknown;
    return { id, ok: true, value: encode(await work({ ...electron, standin }, decode(argument))) };
  } catch (error) {
    return { id, ok: false, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
