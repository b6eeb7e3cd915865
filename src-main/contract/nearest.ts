/** The known name that a mistyped one most likely means; undefined when none is close. Letters alone count where `plain` says so. */
export function nearest(typed: string, known: readonly string[], plain: (name: string) => string = (name) => name): string | undefined {
  const scored = known.map((name) => ({ name, distance: editDistance(plain(typed), plain(name)) }));
  if (scored.length === 0) return undefined;
  const best = scored.reduce((a, b) => (b.distance < a.distance ? b : a));
  return best.distance <= Math.max(1, Math.floor(typed.length / 3)) ? best.name : undefined;
}

/** Levenshtein's distance: insertions, deletions and substitutions between two words. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next[j] = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length]!;
}
