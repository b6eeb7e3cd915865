import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const WEB = fileURLToPath(new URL('../../dist/main/web.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

/** The built web host, running. */
export interface Served {
  readonly process: ChildProcess;
  /** With the token. */
  readonly url: string;
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** Milliseconds from its start until it said where it is. */
  readonly startMs: number;
  readonly ended: Promise<Ended>;
  /** Everything it said so far. */
  output(): string;
  /** Ends it as Ctrl-C does, and waits. */
  end(): Promise<Ended>;
}

/** Starts the built web host on a data folder. @throws when it ends instead of saying where it is */
export async function serveWorkbench(data: string, args: readonly string[] = ['--port', '0']): Promise<Served> {
  if (!existsSync(WEB)) throw new Error('dist/main/web.js is not built: run `npm run build`');
  const { BASIN_DATA: _, ...env } = process.env;
  const begin = performance.now();
  const child = spawn(process.execPath, [WEB, '--data', data, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let heard = '';
  const ended = new Promise<Ended>((resolve) => child.on('close', (code, signal) => resolve({ code, signal, output: heard })));
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (text: string) => {
      heard += text;
      const found = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/.exec(heard)?.[0];
      if (found) resolve(found);
    };
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', hear);
    void ended.then(({ output }) => reject(new Error(`the web host ended: ${output}`)));
  });
  return {
    process: child,
    url,
    origin: new URL(url).origin,
    startMs: performance.now() - begin,
    ended,
    output: () => heard,
    end: () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
      return ended;
    },
  };
}
