/** Seeds as a person lists them: "0-4, 7" is one run for each of 0, 1, 2, 3, 4 and 7. */

const MOST = 100;
const LARGEST = 2 ** 31 - 1;

export type Seeds = { readonly ok: true; readonly seeds: readonly number[] } | { readonly ok: false; readonly message: string };

const wrong = (message: string): Seeds => ({ ok: false, message });

/**
 * Reads a list of seeds and ranges, separated by commas or spaces. Order is kept; a seed given twice would only train the same run
 * again, so it is refused, as is anything that is no whole number from 0 to 2,147,483,647.
 */
export function parseSeeds(text: string): Seeds {
  const pieces = text
    .replaceAll(/\s*[-–…]\s*/g, '-')
    .split(/[\s,;]+/)
    .filter((piece) => piece !== '');
  if (pieces.length === 0) return wrong('Give at least one seed, for example 0, or 0-4 for five runs');
  const seeds = new Set<number>();
  for (const piece of pieces) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(piece);
    if (!match) return wrong(`“${piece}” is no seed: give whole numbers and ranges, for example 0-4, 7`);
    const from = Number(match[1]);
    const to = match[2] === undefined ? from : Number(match[2]);
    if (from > LARGEST || to > LARGEST) return wrong(`“${piece}” is too large: a seed is a whole number from 0 to 2,147,483,647`);
    if (to < from) return wrong(`“${piece}” runs backwards: write ${to}-${from}`);
    if (to - from >= MOST) return wrong(`“${piece}” has ${to - from + 1} seeds: at most ${MOST} runs start at once`);
    for (let seed = from; seed <= to; seed++) {
      if (seeds.has(seed)) return wrong(`Seed ${seed} is given twice: both runs would be the same`);
      seeds.add(seed);
    }
  }
  return seeds.size > MOST ? wrong(`These are ${seeds.size} seeds: at most ${MOST} runs start at once`) : { ok: true, seeds: [...seeds] };
}

/** The shortest list that `parseSeeds` reads as these seeds, in their order. */
export function formatSeeds(seeds: readonly number[]): string {
  const pieces: string[] = [];
  for (let i = 0; i < seeds.length; ) {
    let last = i;
    while (seeds[last + 1] === seeds[last]! + 1) last++;
    pieces.push(last > i ? `${seeds[i]}-${seeds[last]}` : `${seeds[i]}`);
    i = last + 1;
  }
  return pieces.join(', ');
}
