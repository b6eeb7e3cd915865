import { BasinError } from '../contract/errors.ts';
import { probeEngine, type ProbeReport } from './probe.ts';
import type { ProbeShape } from './timing.ts';
import { ENGINES, type EngineId } from './types.ts';

export interface ExamineOptions {
  /** Longest that one engine may take, milliseconds. */
  readonly timeoutMs?: number;
  /** Engines to examine; all of them by default. */
  readonly engines?: readonly EngineId[];
  /** Called before and after each engine. */
  readonly onStart?: (id: EngineId) => void;
  readonly onReport?: (report: ProbeReport) => void;
}

/** An engine so many times slower than the best so far is not timed to the end … */
const TOO_SLOW = 20;
/** … but gets this long for an iteration in any case, for what it compiles and allocates in the first one. */
const LEAST_PATIENCE_MS = 3000;

/** Examines engines one after another, as timings would disturb each other. Never fails: what goes wrong is a report. */
export async function examineEngines(shape: ProbeShape, options: ExamineOptions = {}): Promise<ProbeReport[]> {
  const reports: ProbeReport[] = [];
  for (const id of options.engines ?? ENGINES) {
    options.onStart?.(id);
    const best = fastest(reports)?.training?.ms;
    const report = await probeEngine(id, shape, {
      timeoutMs: options.timeoutMs ?? 60_000,
      ...(best === undefined ? {} : { patienceMs: Math.max(LEAST_PATIENCE_MS, TOO_SLOW * best) }),
    });
    reports.push(report);
    options.onReport?.(report);
  }
  return reports;
}

/**
 * The engine that `auto` takes: the fastest at training among those whose numbers are right.
 *
 * @throws BasinError `engine.none` when no engine is usable; the message lists each with its reason.
 */
export function chooseEngine(reports: readonly ProbeReport[]): EngineId {
  const best = fastest(reports);
  if (best) return best.id;
  const reasons = reports.map(({ id, reason, hint }) => `${id.engine}/${id.device}: ${reason ?? 'not usable'}. ${hint ?? ''}`);
  throw new BasinError('engine.none', `No engine works on this machine.\n${reasons.join('\n')}`, { kind: 'operational', details: { reports } });
}

/** The usable report with the least training time; a time that was given up counts only where there is no other. */
function fastest(reports: readonly ProbeReport[]): ProbeReport | undefined {
  const rank = ({ training }: ProbeReport): [number, number] => [training && !training.atLeast ? 0 : 1, training?.ms ?? Infinity];
  return reports
    .filter(({ usable }) => usable)
    .sort((a, b) => rank(a)[0] - rank(b)[0] || rank(a)[1] - rank(b)[1])
    .at(0);
}
