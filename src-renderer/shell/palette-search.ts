/** Something the palette can find. */
export interface Findable {
  readonly id: string;
  readonly title: string;
  /** Also found by these words, with less weight: its group, a run's task. */
  readonly also?: string;
}

const START = 100;
const WORD_START = 60;
const INSIDE = 30;
const ALSO = 12;

/**
 * What fits the words typed, best first: every word must be found, at the start of the title, of one of its words, inside it, as the
 * initials of its words ("nr" finds "New run"), or in what else is known. Equals keep their order.
 */
export function search<Item extends Findable>(items: readonly Item[], typed: string, limit: number): Item[] {
  const words = typed.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return items.slice(0, limit);
  const scored: { item: Item; score: number }[] = [];
  for (const item of items) {
    let score = 0;
    for (const word of words) {
      const points = fit(word, item);
      if (points === 0) {
        score = 0;
        break;
      }
      score += points;
    }
    // Of two that fit alike the shorter title is meant more often.
    if (score > 0) scored.push({ item, score: score - Math.min(item.title.length, 80) / 100 });
  }
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ item }) => item);
}

function fit(word: string, { title, also }: Findable): number {
  const text = title.toLowerCase();
  const at = text.indexOf(word);
  if (at === 0) return START;
  if (at > 0 && !/[a-z0-9]/.test(text[at - 1]!)) return WORD_START;
  if (at > 0) return INSIDE;
  if (also?.toLowerCase().includes(word)) return ALSO;
  return initials(text).startsWith(word) && word.length > 1 ? INSIDE : 0;
}

const initials = (text: string): string => (text.match(/[a-z0-9]+/g) ?? []).map((word) => word[0]).join('');
