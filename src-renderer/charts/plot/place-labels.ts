/** A label that wants to stand at a height. */
export interface Wish {
  /** Its wished centre, px from the top. */
  readonly at: number;
  /** Kept before others when not all fit: lower first. */
  readonly rank: number;
}

/** Where a wish was granted. */
export interface Placed<Label extends Wish> {
  readonly label: Label;
  /** Its centre, px from the top. */
  readonly at: number;
}

/** Wishes that could not be granted, said in one line where they would have been. */
export interface Rest {
  readonly count: number;
  /** Centre of the line, px from the top. */
  readonly at: number;
}

interface Room {
  readonly height: number;
  readonly top: number;
  readonly bottom: number;
}

interface Cluster<Label> {
  labels: Label[];
  /** Centre of its first label. */
  start: number;
}

/** A label farther from its line's end than so many label heights says nothing of that line. */
const FAR = 3;

/**
 * Stacks labels of one height without overlap, each as near its wish as the others allow (least squares: neighbours that collide are
 * merged and moved together). Where there is no room near enough those of highest rank are left out, and a line counts them.
 */
export function placeLabels<Label extends Wish>(labels: readonly Label[], height: number, top: number, bottom: number): { placed: Placed<Label>[]; rest: Rest[] } {
  const room: Room = { height, top, bottom };
  const kept: Label[] = [];
  const left: Label[] = [];
  for (const label of [...labels].sort((a, b) => a.rank - b.rank)) {
    if (fits([...kept, label], room)) kept.push(label);
    else left.push(label);
  }
  return left.length === 0 ? { placed: stack(kept, room), rest: [] } : withRest(kept, left, room);
}

const near = ({ label, at }: Placed<Wish>, { height, top, bottom }: Room): boolean => Math.abs(at - clamp(label.at, top + height / 2, bottom - height / 2)) <= FAR * height;

const capacity = ({ height, top, bottom }: Room): number => Math.max(0, Math.floor((bottom - top) / height));

function fits(labels: readonly Wish[], room: Room): boolean {
  return labels.length <= capacity(room) && stack(labels, room).every((placed) => near(placed, room));
}

/** A line that counts what is left out of a pile, among the labels. */
interface Count extends Wish {
  readonly count: number;
}

/** Counts what was left out just under the last label of its pile. Where the whole height is full, one line counts everything. */
function withRest<Label extends Wish>(kept: readonly Label[], left: readonly Label[], room: Room): { placed: Placed<Label>[]; rest: Rest[] } {
  const named = [...kept];
  const counted = [...left];
  const most = capacity(room);
  const full = kept.length + left.length > most;
  // The line itself needs room.
  while (full && named.length >= most && named.length > 0) counted.push(named.pop()!);
  if (most === 0) return { placed: [], rest: [] };
  const counts: Count[] = [];
  for (const pile of full ? [counted] : pilesOf(counted, FAR * room.height)) {
    // A line that counts one takes as much room as the one.
    if (pile.length === 1) named.push(pile[0]!);
    else counts.push({ at: Math.max(...pile.map(({ at }) => at)), rank: Infinity, count: pile.length });
  }
  const stacked = stack<Label | Count>([...named, ...counts], room);
  const isCount = (label: Wish): label is Count => (counts as readonly Wish[]).includes(label);
  return {
    placed: stacked.filter((one): one is Placed<Label> => !isCount(one.label)),
    rest: stacked.flatMap(({ label, at }) => (isCount(label) ? [{ count: label.count, at }] : [])),
  };
}

/** Wishes that are near each other. */
function pilesOf<Label extends Wish>(labels: readonly Label[], reach: number): Label[][] {
  const piles: Label[][] = [];
  for (const label of [...labels].sort((a, b) => a.at - b.at)) {
    const pile = piles.at(-1);
    if (pile && label.at - pile.at(-1)!.at <= reach) pile.push(label);
    else piles.push([label]);
  }
  return piles;
}

function stack<Label extends Wish>(labels: readonly Label[], { height, top, bottom }: Room): Placed<Label>[] {
  const first = top + height / 2;
  const last = bottom - height / 2;
  const clusters: Cluster<Label>[] = [];
  for (const label of [...labels].sort((a, b) => a.at - b.at)) {
    let cluster: Cluster<Label> = { labels: [label], start: clamp(label.at, first, last) };
    for (let before = clusters.at(-1); before && before.start + before.labels.length * height > cluster.start; before = clusters.at(-1)) {
      clusters.pop();
      const together = [...before.labels, ...cluster.labels];
      const wished = together.reduce((sum, { at }, k) => sum + at - k * height, 0) / together.length;
      cluster = { labels: together, start: clamp(wished, first, last - (together.length - 1) * height) };
    }
    clusters.push(cluster);
  }
  return clusters.flatMap(({ labels: stacked, start }) => stacked.map((label, k) => ({ label, at: start + k * height })));
}

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));
