/** What the start button does, said before it is pressed. */
export interface StartFacts {
  /** Runs that the form makes. */
  readonly runs: number;
  /** Runs that train or wait now. */
  readonly active: number;
  /** Runs that train at the same time. */
  readonly concurrency: number;
}

const counted = (n: number): string => (n === 1 ? '1 run' : `${n} runs`);

export function startWords({ runs, active, concurrency }: StartFacts): string {
  const free = Math.max(0, concurrency - active);
  if (runs <= free) return runs === 1 ? 'Start run' : `Start ${runs} runs`;
  if (free === 0) return runs === 1 ? 'Queue run' : `Queue ${runs} runs`;
  return `Start ${counted(free)}, queue ${runs - free}`;
}

/** Wall time of all runs, ms: they share the machine `concurrency` at a time. Assumes that runs beside each other do not slow each other. */
export const wallTime = (msOfOne: number, { runs, concurrency }: Pick<StartFacts, 'runs' | 'concurrency'>): number => msOfOne * Math.ceil(runs / concurrency);
