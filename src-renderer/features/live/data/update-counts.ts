/** Numbers of updates as a person lists them: "10, 20, 40, 80". */

const MOST = 20;
const LARGEST = 1000;

export type UpdateCounts = { readonly ok: true; readonly counts: readonly number[] } | { readonly ok: false; readonly message: string };

/** Reads a list separated by commas or spaces: ascending, each once. What a host would refuse is refused here, with the piece that is wrong. */
export function parseCounts(text: string): UpdateCounts {
  const pieces = text.split(/[\s,;]+/).filter((piece) => piece !== '');
  if (pieces.length === 0) return { ok: false, message: 'Give at least one number of updates, for example 10, 20, 40' };
  const wrong = pieces.find((piece) => !/^\d+$/.test(piece) || Number(piece) > LARGEST);
  if (wrong !== undefined) return { ok: false, message: `“${wrong}” is no number of updates: give whole numbers from 0 to ${LARGEST.toLocaleString('en')}` };
  const counts = [...new Set(pieces.map(Number))].sort((a, b) => a - b);
  return counts.length > MOST ? { ok: false, message: `These are ${counts.length} numbers: at most ${MOST} are tested at once` } : { ok: true, counts };
}

/** When a walk stops at the energy plateau; workbench/plateau.ts. @returns what is wrong with it, or undefined */
export function plateauMistake({ tolerance, patience }: { readonly tolerance: number | null; readonly patience: number | null }): string | undefined {
  if (tolerance === null || !(tolerance >= 0 && tolerance <= 1)) return 'The tolerance is a share of the fall so far: a number from 0 to 1';
  if (patience === null || !Number.isInteger(patience) || patience < 1 || patience > 1000) return 'The patience is a whole number of updates from 1 to 1,000';
  return undefined;
}
