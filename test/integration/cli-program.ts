import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { scratchFolder } from '../support/scratch-folder.ts';

const MAIN = fileURLToPath(new URL('../../src-main/cli/main.ts', import.meta.url));

/** How the program ended, and what it said. */
export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running program. */
export interface Program {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  /** Resolves when standard output so far contains the text; rejects when the program ends without. */
  said(text: string): Promise<void>;
}

/** Starts the command line from its sources, on the Node that runs the tests. */
export function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Program {
  const { BASIN_DATA: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], { env: { ...inherited, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const heard = { stdout: '', stderr: '' };
  const waiting = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    heard.stdout += text;
    for (const check of waiting) check();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (heard.stderr += text));
  const finished = new Promise<Finished>((resolve) => child.on('close', (code, signal) => resolve({ code, signal, ...heard })));
  const said = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const check = () => {
        if (!heard.stdout.includes(text)) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
      void finished.then(({ stderr }) => reject(new Error(`ended without saying ${text}: ${stderr}`)));
    });
  return { child, finished, said };
}

/** Runs the command line to its end. */
export const basin = (args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Finished> => start(args, env).finished;

/** A folder that goes with the running test, or, made outside of one, when the file's tests are over. */
export const newFolder = (): string => scratchFolder('cli');

/** What tests read of a JSON line; each line has some of it, and that it has is what the tests check. */
export interface Line {
  readonly event?: string;
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly pid: number;
  readonly iteration: number;
  readonly loss: number;
  readonly energy: readonly number[];
  readonly difficulty: string;
  readonly run: unknown;
  readonly steps: readonly { readonly updates: number; readonly error: number }[];
  readonly references: readonly { readonly name: string; readonly error: number }[];
  readonly metrics: readonly { readonly metric: string }[];
  readonly checkpoints: readonly { readonly iteration: number }[];
  readonly checks: readonly { readonly error: number }[];
  readonly engine: string;
  readonly device: string;
  readonly usable: boolean;
  readonly chosen: boolean;
  readonly reason?: string;
  readonly hint?: string;
  readonly relativeError?: number;
  readonly training?: { readonly ms: number };
}

/** Objects of a program's JSON lines. */
export const jsonLines = (text: string): Line[] => text.trimEnd().split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Line);

/** An engine that needs no trying out. */
export const COMPILED = ['--engine', 'compiled', '--device', 'cpu'];

/** Settings of a run that takes about a second. */
export const TINY = [...COMPILED, ...['rank=2', 'hidden=8', 'depth=2', 'batch=8', 'steps=4', 'step_size=1', 'replay_capacity=64', 'probe_problems=4', 'probe_steps=6'].flatMap((setting) => ['--set', setting])];

export const golden = (name: string): string => fileURLToPath(new URL(`../fixtures/golden/${name}.safetensors`, import.meta.url));
