import type { ErrorData } from '../contract/errors.ts';
import { startProgram } from '../programs/start.ts';
import type { ProbeShape } from './timing.ts';
import type { EngineId } from './types.ts';

/** A measured time; `atLeast` when it was given up after so long. */
export interface ProbeTime {
  readonly ms: number;
  readonly atLeast: boolean;
}

/** What was found out about an engine on this machine. Plain data: it may be stored as JSON. */
export interface ProbeReport {
  readonly id: EngineId;
  /** It runs here and its numbers are right. */
  readonly usable: boolean;
  /** Why it is not usable, in a sentence. */
  readonly reason?: string;
  /** What a person can do about it. */
  readonly hint?: string;
  /** Greatest relative error against the stored answer; absent when there was none or it was not a number. */
  readonly relativeError?: number;
  /** A training iteration of the run's shape, on the engine alone. */
  readonly training?: ProbeTime;
  /** A reasoning step on the run's number of fresh rows. */
  readonly reasoning?: ProbeTime;
  /** Versions of the software that was loaded. */
  readonly versions: Readonly<Record<string, string>>;
}

export interface ProbeOptions {
  /** The whole probe ends after so long. */
  readonly timeoutMs: number;
  /** A single iteration (warm-up included) or reasoning walk that takes longer is not timed to its end. */
  readonly patienceMs?: number;
}

/** What the child is told. */
export interface ProbeRequest {
  readonly id: EngineId;
  readonly shape: ProbeShape;
}

/** What the child answers, in this order; a `tick` follows each iteration that is timed. */
export type ProbeMessage =
  | { readonly type: 'started'; readonly versions: Record<string, string> }
  | { readonly type: 'checked'; readonly relativeError: number; readonly allowed: number }
  | { readonly type: 'tick' }
  | { readonly type: 'trained'; readonly ms: number }
  | { readonly type: 'reasoned'; readonly ms: number }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly error: ErrorData };

type Phase = 'starting' | 'checking' | 'training' | 'reasoning';

/**
 * Tries one engine in a process of its own: starts it, trains a tiny stored problem and compares the numbers, then times
 * training and reasoning of a run's shape. Every failure, a native crash and a hang among them, is a report.
 */
export function probeEngine(id: EngineId, shape: ProbeShape, options: ProbeOptions): Promise<ProbeReport> {
  const child = startProgram<ProbeRequest, ProbeMessage>('engine-probe');
  let phase: Phase = 'starting';
  let report: ProbeReport = { id, usable: false, versions: {} };
  let finished = false;
  let patience: NodeJS.Timeout | undefined;
  let since = performance.now();

  return new Promise((resolve) => {
    const timeout = setTimeout(() => tooLong(), options.timeoutMs);

    const finish = (found: Partial<ProbeReport>): void => {
      clearTimeout(timeout);
      clearTimeout(patience);
      // A library that crashes while it is unloaded must not spoil a finished report.
      finished = true;
      child.kill();
      resolve({ ...report, ...found });
    };
    const unusable = (reason: string, hint: string): void => finish({ usable: false, reason, hint });

    /** Slow is not broken: an engine whose numbers are right is reported with the time it has taken so far. */
    const tooLong = (): void => {
      const time = { ms: performance.now() - since, atLeast: true };
      if (phase === 'training') finish({ usable: true, training: time });
      else if (phase === 'reasoning') finish({ usable: true, reasoning: { ...time, ms: time.ms / shape.config.steps } });
      else unusable(`it did not finish ${phase} within ${options.timeoutMs / 1000} s`, 'It hangs, often in a graphics driver: update the driver, or choose another engine');
    };
    const wait = (): void => {
      since = performance.now();
      clearTimeout(patience);
      if (options.patienceMs !== undefined) patience = setTimeout(tooLong, options.patienceMs);
    };

    child.onMessage((message) => {
      if (finished) return;
      switch (message.type) {
        case 'started':
          phase = 'checking';
          report = { ...report, versions: message.versions };
          break;
        case 'checked':
          if (Number.isFinite(message.relativeError)) report = { ...report, relativeError: message.relativeError };
          if (message.relativeError <= message.allowed) {
            phase = 'training';
            wait();
          } else {
            const found = Number.isFinite(message.relativeError) ? `their relative error is ${message.relativeError.toExponential(1)}, and ${message.allowed} is allowed` : 'they are not numbers';
            unusable(`its answers are wrong: ${found}`, 'A driver or a library computes wrongly here: update it, or choose another engine');
          }
          break;
        case 'tick':
          wait();
          break;
        case 'trained':
          phase = 'reasoning';
          report = { ...report, training: { ms: message.ms, atLeast: false } };
          wait();
          break;
        case 'reasoned':
          report = { ...report, reasoning: { ms: message.ms, atLeast: false } };
          break;
        case 'done':
          finish({ usable: true });
          break;
        case 'failed': {
          const { details, message: said } = message.error;
          unusable(plain(typeof details?.['reason'] === 'string' ? details['reason'] : said), typeof details?.['hint'] === 'string' ? details['hint'] : 'Choose another engine');
        }
      }
    });
    child.onExit(({ code, signal, lastWords }) => {
      if (finished) return;
      if (code === null && signal === null) {
        unusable(`its process could not be started: ${lastWords}`, 'Install Basin again');
        return;
      }
      const lines = lastWords.split('\n');
      // Not the stack trace, where there is one.
      const words = (lines.find((line) => /error|fatal|terminat|assert|fail/i.test(line)) ?? lines.at(-1) ?? '').trim();
      unusable(`its process ${signal ? `was ended by ${signal}` : `ended with code ${code}`} while ${phase}${words ? `: ${words}` : ''}`, 'Its native library crashed: update the driver it uses, or choose another engine');
    });
    child.send({ id, shape });
  });
}

/** An error's first line, without the place in ONNX Runtime's sources that it starts with. */
const plain = (reason: string): string => reason.replace(/^\/\S*onnxruntime.*? was false\. /s, '').trim().split('\n')[0]!;
