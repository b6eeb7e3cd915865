import type { Chromium } from './chromium.ts';
import { startChromium } from './chromium.ts';

/** What the parts of the stand-in share. */
let started: Promise<Chromium> | undefined;

/** The Chromium of this app, started when the first window needs it. */
export function chromium(): Promise<Chromium> {
  const executable = process.env['STANDIN_CHROMIUM'];
  if (!executable) throw new Error('STANDIN_CHROMIUM must name a Chromium');
  started ??= startChromium(executable);
  return started;
}

export async function endChromium(): Promise<void> {
  await (await started?.catch(() => undefined))?.end();
}

let ready = false;
export const isReady = (): boolean => ready;
export const becomeReady = (): void => void (ready = true);
/** Electron refuses much before it is ready. */
export function needsReady(what: string): void {
  if (!ready) throw new Error(`${what} cannot be used before the app is ready`);
}
/** … and some after. */
export function needsUnready(what: string): void {
  if (ready) throw new Error(`${what} must be called before the app is ready`);
}

/** An event that a listener may prevent. */
export class StandinEvent {
  #prevented = false;
  preventDefault(): void {
    this.#prevented = true;
  }
  get defaultPrevented(): boolean {
    return this.#prevented;
  }
}
