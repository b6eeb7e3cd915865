import type { EngineReport } from '../../../src-main/contract/api/app.ts';
import { engineName } from '../../stores/useEngines.ts';

/** The usable engine with the shortest measured training iteration; one that was only found to take "at least" so long is not it. */
export function fastestOf(reports: readonly EngineReport[]): string | undefined {
  const measured = reports.flatMap(({ id, usable, training }) => (usable && training && !training.atLeast ? [{ name: engineName(id), ms: training.ms }] : []));
  return measured.length > 0 ? measured.reduce((a, b) => (b.ms < a.ms ? b : a)).name : undefined;
}

/** Those that can be used first, the fastest of them in front; otherwise as they came. */
export function byUse(reports: readonly EngineReport[]): EngineReport[] {
  const place = ({ usable, training }: EngineReport): number => (usable ? (training?.ms ?? Number.MAX_VALUE) : Infinity);
  return [...reports].sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
}
