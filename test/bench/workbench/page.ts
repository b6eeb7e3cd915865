import type { Browser, Page } from 'playwright-core';
import { watchedPage } from '../../e2e/support/watched-page.ts';
import type { Served } from '../../support/served.ts';

/** What the page's own instruments recorded; see `instrument`. */
interface Instruments {
  /** When a canvas was last cleared to be drawn anew, and when anything on the page last changed, ms of performance.now(). */
  drawnAt: number;
  changedAt: number;
  /** Of events that live messages tell of: from when they happened to the first picture drawn after they arrived, ms. */
  readonly latencies: number[];
  /** Time between frames, ms. */
  readonly gaps: number[];
  watching: boolean;
  /** Begins to record latencies and frames. */
  watch(): void;
}

declare global {
  interface Window {
    instruments: Instruments;
  }
}

/** When a live message was sent, and the one before it, ms since 1970. */
interface Told {
  readonly since: number;
  readonly sentAt: number;
}

/** Runs in the page before its own code. */
function instrument(): void {
  const instruments: Instruments = { drawnAt: 0, changedAt: 0, latencies: [], gaps: [], watching: false, watch: () => undefined };
  window.instruments = instruments;
  const waiting: Told[] = [];
  const context = CanvasRenderingContext2D.prototype;
  const hook = (name: 'clearRect' | 'putImageData', told: () => void): void => {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- it is applied to the context that it was called on
    const original = context[name] as (...args: unknown[]) => void;
    Object.defineProperty(context, name, {
      value(this: CanvasRenderingContext2D, ...args: unknown[]) {
        told();
        original.apply(this, args);
      },
    });
  };
  hook('clearRect', () => {
    instruments.drawnAt = instruments.changedAt = performance.now();
    // What is drawn now is on the screen with the frame that ends next.
    const told = waiting.splice(0);
    if (told.length === 0) return;
    requestAnimationFrame(() => {
      const now = performance.timeOrigin + performance.now();
      // A trainer gathers what happens between two messages: ten moments of that time stand for its events.
      for (const { since, sentAt } of instruments.watching ? told : []) for (let k = 1; k <= 10; k++) instruments.latencies.push(now - since - ((sentAt - since) * k) / 10);
    });
  });
  hook('putImageData', () => (instruments.changedAt = performance.now()));
  // Not the words shown on hover: "stored 3 s ago" goes on for ever, and nobody sees it.
  const shows = ({ attributeName }: MutationRecord): boolean => attributeName !== 'title';
  new MutationObserver((records) => {
    if (records.some(shows)) instruments.changedAt = performance.now();
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });

  // "at" and its number as MessagePack writes them (0xa2 'a' 't', 0xcb float64): the sending time of a live message.
  const sentAt = (bytes: Uint8Array): number | undefined => {
    for (let i = 0; i + 12 <= bytes.length; i++) {
      if (bytes[i] === 0xa2 && bytes[i + 1] === 0x61 && bytes[i + 2] === 0x74 && (bytes[i + 3] === 0xcb || bytes[i + 3] === 0xcf)) {
        const view = new DataView(bytes.buffer, bytes.byteOffset + i + 4, 8);
        return bytes[i + 3] === 0xcb ? view.getFloat64(0) : Number(view.getBigUint64(0));
      }
    }
    return undefined;
  };
  let before: number | undefined;
  const Original = window.WebSocket;
  window.WebSocket = class extends Original {
    constructor(...args: ConstructorParameters<typeof WebSocket>) {
      super(...args);
      this.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
        const bytes = new Uint8Array(data);
        const isLive = new TextDecoder('latin1').decode(bytes.subarray(0, 64)).includes('live.metrics');
        const at = isLive ? sentAt(bytes) : undefined;
        if (at === undefined) return;
        if (before !== undefined) waiting.push({ since: before, sentAt: at });
        before = at;
      });
    }
  };
  // Only on request: asking for every frame makes the browser produce sixty a second, which costs processors of its own.
  instruments.watch = () => {
    instruments.watching = true;
    let last: number | undefined;
    const frame = (now: number): void => {
      if (last !== undefined) instruments.gaps.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  };
}

export interface BenchPage {
  readonly page: Page;
  readonly complaints: readonly string[];
  /** Bytes received over the channel so far. */
  received(): number;
  close(): Promise<void>;
}

/** A page with instruments, let in and settled on `address`. */
export async function openBenchPage(browser: Browser, served: Served, address: string): Promise<BenchPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const { page, complaints } = await watchedPage(context, served.origin);
  await page.addInitScript(instrument);
  let bytes = 0;
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => (bytes += payload.length)));
  await page.goto(served.url);
  await page.goto(`${served.origin}${address}`);
  await quiet(page);
  return { page, complaints, received: () => bytes, close: () => context.close() };
}

/** Waits until nothing on the page has changed for half a second. */
export async function quiet(page: Page): Promise<void> {
  await page.waitForFunction(() => window.instruments.changedAt > 0 && performance.now() - window.instruments.changedAt > 500, undefined, { timeout: 120_000 });
}

/** Goes to an address inside the running page, and waits until it is quiet. @returns ms until the last change of the page, and until the last chart was drawn */
export async function goInside(page: Page, address: string): Promise<{ changed: number; drawn: number }> {
  const start = await page.evaluate((to) => {
    const now = performance.now();
    history.pushState({}, '', to);
    dispatchEvent(new PopStateEvent('popstate', { state: {} }));
    return now;
  }, address);
  await quiet(page);
  return page.evaluate((began) => ({ changed: window.instruments.changedAt - began, drawn: window.instruments.drawnAt - began }), start);
}

/** Nearest-rank quantile. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}
