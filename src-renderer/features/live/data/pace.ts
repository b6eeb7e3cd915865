/** How fast training goes, from when iterations arrived: pauses between iterations (probes, checkpoints) count as they should. */
export interface Pace {
  /** When, ms, and which iteration was the last then; oldest first. */
  readonly samples: readonly { readonly at: number; readonly iteration: number }[];
}

export const NO_PACE: Pace = { samples: [] };
const WINDOW_MS = 30_000;
/** Less than this tells too little. */
const ENOUGH_MS = 400;
/** Samples nearer than this to the one before replace it: the window stays small. */
const GRAIN_MS = 250;

/** One more sample; older than the window is forgotten, except the one that bounds it. A step back in iterations starts anew (a resumed run). */
export function withSample({ samples }: Pace, at: number, iteration: number): Pace {
  const last = samples.at(-1);
  if (last && iteration < last.iteration) return { samples: [{ at, iteration }] };
  const before = samples.at(-2);
  const kept = before && last && last.at - before.at < GRAIN_MS ? samples.slice(0, -1) : samples;
  const from = Math.max(0, kept.findLastIndex((sample) => sample.at <= at - WINDOW_MS));
  return { samples: [...kept.slice(from), { at, iteration }] };
}

/** Wall time of an iteration in the window, ms; null while that is not known. */
export function msPerIteration({ samples }: Pace): number | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || last.at - first.at < ENOUGH_MS || last.iteration === first.iteration) return null;
  return (last.at - first.at) / (last.iteration - first.iteration);
}

/** Time to the end, ms; null while it cannot be known. */
export function remaining(pace: Pace, iteration: number, iterations: number): number | null {
  const ms = msPerIteration(pace);
  return ms === null ? null : Math.max(0, iterations - iteration) * ms;
}
