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

interface Cluster<Label> {
  labels: Label[];
  /** Centre of its first label. */
  start: number;
}

/**
 * Stacks labels of one height without overlap, each as near its wish as the others allow (least squares: neighbours that collide are
 * merged and moved together). Those of highest rank are left out until the rest fits.
 */
export function placeLabels<Label extends Wish>(labels: readonly Label[], height: number, top: number, bottom: number): Placed<Label>[] {
  const room = Math.floor((bottom - top) / height);
  if (room < 1) return [];
  const kept = [...labels].sort((a, b) => a.rank - b.rank).slice(0, room).sort((a, b) => a.at - b.at);
  const first = top + height / 2;
  const last = bottom - height / 2;
  const clusters: Cluster<Label>[] = [];
  for (const label of kept) {
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
