import { z } from '../zod.ts';
import { preferences, engineReport, machineLoad } from './app.ts';
import { reproductionWork } from './reproduce.ts';
import { logLine, runSummary } from './runs.ts';
import { probeCurve } from './series.ts';
import { engineId, float64s, iteration, runId } from './shapes.ts';

/** What a host tells a client unasked. At most ten `live.metrics` a second and run. */
export const pushes = {
  /** Runs that are new or changed, and ids of those that are gone. */
  'runs.changed': z.strictObject({ runs: z.array(runSummary), removed: z.array(runId) }),
  /**
   * New values of a followed run, thinned to a few points a metric and message: extremes and the newest stay, so that a curve drawn from
   * them is honest. `total` counts what they stand for.
   */
  'live.metrics': z.strictObject({
    run: runId,
    last: iteration,
    total: z.number(),
    /** When the trainer sent the oldest of them, ms since 1970: how late the picture is. Absent for values read from the store. */
    at: z.number().optional(),
    series: z.array(z.strictObject({ metric: z.string(), iterations: float64s, values: float64s })),
    /** Energies along the newest iteration's walk, after k updates [steps + 1]: mean and deviation over rows; absent without an energy. */
    walk: z
      .strictObject({ iteration, fresh: z.number(), replayed: z.number(), mean: float64s, deviation: float64s })
      .optional(),
  }),
  'live.probe': z.strictObject({ run: runId, probe: probeCurve }),
  'live.log': z.strictObject({ run: runId, line: logLine }),
  'live.checkpoint': z.strictObject({ run: runId, iteration, best: z.boolean() }),
  /** About once a second while a client follows a run. */
  'machine.load': machineLoad,
  'engines.progress': z.strictObject({ started: engineId.optional(), report: engineReport.optional() }),
  /** A reproduction began, trained or evaluated something, or is over: its tables may have changed. */
  'reproduce.changed': z.strictObject({ work: reproductionWork }),
  'preferences.changed': z.strictObject({ preferences }),
  /** Something a person should read, wherever they are: a run ended, diverged, or its trainer crashed. */
  notice: z.strictObject({ level: z.enum(['info', 'warning', 'error']), title: z.string(), text: z.string(), run: runId.optional() }),
  /** The desktop's menu or a deep link asks the page to go somewhere ("/runs/3") or to do an action of the command palette. */
  'shell.command': z.strictObject({ command: z.string(), argument: z.string().optional() }),
} as const;
