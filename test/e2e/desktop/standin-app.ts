import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { decode, encode } from '../../electron-standin/clone.ts';
import type { Order, Outcome } from '../../electron-standin/control.ts';
import { CHROMIUM } from '../support/chromium.ts';
import type { DesktopApp, Electron, Exit } from './desktop-app.ts';

const REGISTER = fileURLToPath(new URL('../../electron-standin/register.ts', import.meta.url));
const APP = fileURLToPath(new URL('../../../dist/main/electron.js', import.meta.url));

/** What the stand-in has beyond Electron: see control.ts. */
export type WithStandin = Electron & { readonly standin: { missing(): readonly string[]; endpoint(): Promise<string>; inPreload(window: Electron.BrowserWindow, code: string): Promise<unknown> } };

/** Starts the built app in the stand-in for Electron. @param main its main file, where that is not this project's */
export function startStandin(args: readonly string[], env: Readonly<Record<string, string>> = {}, main = APP): DesktopApp {
  const { BASIN_DATA: _, ...own } = process.env;
  const child = fork(main, args, { execArgv: ['--import', REGISTER], stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env: { ...own, ...env, STANDIN_CHROMIUM: CHROMIUM } });
  let heard = '';
  const hear = (text: string) => (heard += text);
  child.stdout!.setEncoding('utf8').on('data', hear);
  child.stderr!.setEncoding('utf8').on('data', hear);

  const orders = new Map<number, { readonly resolve: (outcome: Outcome) => void; readonly reject: (error: Error) => void }>();
  let next = 0;
  child.on('message', (outcome: Outcome) => {
    orders.get(outcome.id)?.resolve(outcome);
    orders.delete(outcome.id);
  });
  const exited = new Promise<Exit>((resolve) =>
    child.once('close', (code, signal) => {
      for (const { reject } of orders.values()) reject(new Error(`the app is gone: ${heard}`));
      resolve({ code, signal });
    }),
  );

  async function evaluate(work: (...args: never[]) => unknown, argument?: unknown): Promise<unknown> {
    if (!child.connected) throw new Error(`the app is gone: ${heard}`);
    const outcome = await new Promise<Outcome>((resolve, reject) => {
      const id = next++;
      orders.set(id, { resolve, reject });
      child.send({ id, code: String(work), argument: encode(argument) } satisfies Order);
    });
    if (!outcome.ok) throw new Error(outcome.error);
    return decode(outcome.value);
  }

  let browser: Promise<Browser> | undefined;
  void exited.then(async () => (await browser?.catch(() => undefined))?.close().catch(() => undefined));

  return {
    kind: 'stand-in',
    exited,
    output: () => heard,
    evaluate: evaluate as DesktopApp['evaluate'],
    signal: (signal) => void child.kill(signal),
    async page() {
      const endpoint = (await evaluate((electron: WithStandin) => electron.standin.endpoint())) as string;
      browser ??= chromium.connectOverCDP(endpoint);
      return pageOf(await browser);
    },
  };
}

/** The first page of the app's own scheme, which the stand-in shows as https. */
function pageOf(browser: Browser): Promise<Page> {
  const context = browser.contexts()[0]!;
  const isOurs = ({ host }: URL) => host === 'bundle.basin-app.test';
  return Promise.any([
    ...context.pages().map((page) => page.waitForURL(isOurs).then(() => page)),
    context.waitForEvent('page', { predicate: (page) => page.waitForURL(isOurs).then(() => true) }),
  ]);
}
