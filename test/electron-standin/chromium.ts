import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cdp, type CdpSession } from './cdp.ts';

const ARGS = [
  '--headless=new',
  '--remote-debugging-port=0',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  // Pages keep their pace although nobody sees them, as Electron's visible window does.
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
];

/** A target that has come to be, halted before it does anything. */
export interface Target {
  readonly targetId: string;
  readonly openerId?: string;
}

/** The Chromium behind the windows. */
export interface Chromium {
  readonly cdp: Cdp;
  /** Where a test connects to see the same pages. */
  readonly endpoint: string;
  /** Called with every target before it runs. */
  onTarget(listener: (target: Target) => void): void;
  /** Settles when a target is attached to. */
  sessionOf(targetId: string): Promise<CdpSession>;
  /** Settles when it has ended and its profile is gone. */
  end(): Promise<void>;
}

/** Starts Chromium. @throws Error when it does not say where it listens */
export async function startChromium(executable: string): Promise<Chromium> {
  const profile = mkdtempSync(join(tmpdir(), 'basin-standin-'));
  // Its sandbox does not run as root.
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(executable, [...ARGS, ...asRoot, `--user-data-dir=${profile}`, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
  process.once('exit', () => child.kill('SIGKILL'));
  const endpoint = await new Promise<string>((resolve, reject) => {
    let heard = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      heard = (heard + text).slice(-10_000);
      const found = /DevTools listening on (ws:\S+)/.exec(heard)?.[1];
      if (found) resolve(found);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Chromium ended with ${String(code)}: ${heard}`)));
  });
  const cdp = await Cdp.connect(endpoint);
  const listeners: ((target: Target) => void)[] = [];
  const attached = new Map<string, PromiseWithResolvers<CdpSession>>();
  const attachment = (targetId: string): PromiseWithResolvers<CdpSession> => {
    const known = attached.get(targetId) ?? Promise.withResolvers<CdpSession>();
    attached.set(targetId, known);
    return known;
  };
  cdp.browser.on<{ sessionId: string; targetInfo: Target }>('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    attachment(targetInfo.targetId).resolve(cdp.session(sessionId));
    for (const listener of listeners) listener(targetInfo);
  });
  await cdp.browser.call('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
  return {
    cdp,
    endpoint,
    onTarget: (listener) => void listeners.push(listener),
    sessionOf: (targetId) => attachment(targetId).promise,
    end: async () => {
      cdp.close();
      if (child.exitCode === null && child.signalCode === null) {
        const exited = once(child, 'exit');
        child.kill('SIGKILL');
        await exited;
      }
      // Its own children may still be about to end, and to write.
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
