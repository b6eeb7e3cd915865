import { describe, onTestFinished } from 'vitest';
import type { Page } from 'playwright-core';
import type { Input, Output, RequestName } from '../../../src-main/contract/api/index.ts';
import type { DesktopApp, Exit } from './desktop-app.ts';
import { ELECTRON, startElectron, startElectronAlone } from './real-app.ts';
import { startStandin } from './standin-app.ts';

/** How tests begin with the app. */
export interface Starting {
  readonly kind: DesktopApp['kind'];
  /** Starts it on a data folder; it is ended with the test. */
  readonly open: (data: string, ...args: readonly string[]) => Promise<DesktopApp>;
  /** Starts it where it is not going to stay. */
  readonly startAgain: (data: string, ...args: readonly string[]) => Promise<Exit>;
}

/** Describes the desktop app in the stand-in, and in Electron wherever its binary is. */
export function describeDesktop(title: string, tests: (starting: Starting) => void): void {
  const ended = async (app: DesktopApp) => {
    if (app.kind === 'stand-in') await app.evaluate(({ app: running }) => running.exit()).catch(() => undefined);
    else app.signal('SIGKILL');
    await app.exited;
  };
  const starting = (kind: DesktopApp['kind'], start: (args: readonly string[]) => DesktopApp | Promise<DesktopApp>, startAgain: (args: readonly string[]) => Promise<Exit>): Starting => ({
    kind,
    async open(data, ...args) {
      const app = await start(['--data', data, ...args]);
      onTestFinished(() => ended(app));
      return app;
    },
    startAgain: (data, ...args) => startAgain(['--data', data, ...args]),
  });
  describe(`${title} (stand-in for Electron)`, () => tests(starting('stand-in', startStandin, (args) => startStandin(args).exited)));
  if (ELECTRON) describe(`${title} (Electron)`, () => tests(starting('electron', startElectron, startElectronAlone)));
  else process.stdout.write(`${title} (Electron): not run: no Electron binary\n`);
}

/** What the page may ask of its host, as the page asks it. */
export async function ask<Name extends RequestName>(page: Page, name: Name, input: Input<Name>): Promise<Output<Name>> {
  const answer = await page.evaluate(
    ([asked, given]) => window.basin!.requests[asked](given),
    [name, input] as [RequestName, unknown],
  );
  if (!answer.ok) throw new Error(`${name}: ${answer.error.message}`);
  return (answer).output as Output<Name>;
}

/** Settles when the page has connected. */
export async function connected(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  await page.waitForFunction(() => window.basin!.requests['app.info']({}).then(({ ok }) => ok));
}

/** A run of small matrices that goes on until it is stopped; an iteration takes about a millisecond. */
export const ENDLESS = { rank: 3, hidden: 16, batch: 16, steps: 4, step_size: 10, learning_rate: 1e-3, replay_capacity: 300, probe_problems: 8, probe_steps: 8, checkpoint_every: 0, probe_every: 0, replay_store_every: 0, iterations: 10_000_000 } as const;

/** Starts it, and waits until it trains. @returns its number */
export async function startEndless(page: Page, name = 'endless'): Promise<number> {
  const { runs } = await ask(page, 'runs.start', { changes: ENDLESS, seeds: [0], name, tags: [], engine: { engine: 'compiled', device: 'cpu' } });
  const { id } = runs[0]!;
  await until(page, async () => {
    const { run } = await ask(page, 'runs.get', { run: id });
    return run.iteration > 0 && run.status === 'running';
  });
  return id;
}

/** Waits for a fact, in the page's own time. @throws Error after half a minute */
export async function until(page: Page, fact: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await fact())) {
    if (Date.now() > end) throw new Error('nothing happened for 30 s');
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
}

declare global {
  interface Window {
    readonly basin?: import('../../../src-main/contract/channel/bridge.ts').BasinBridge;
  }
}
