import type { ReplayAncestor } from '../contract/replay.ts';
import { COLUMNS, makeColumns, recordAt, type ReplayState } from './replay-columns.ts';

/** Entries as the ring and the checkpoints hold them: columns, and visits of a fixed width. */
export type Recorded = ReplayState['ancestors'];

/**
 * Overwritten entries that living ones descend from. The rest is forgotten, so that the lineage of a buffer takes as
 * much memory after a million iterations as after a thousand: with a replayed share f, an entry has f/(1 − f) ancestors
 * on average. Hundreds come and go in an iteration, so they are rows of arrays and no objects.
 */
export class Lineage {
  private dead: Recorded;
  /** How many known entries, living or not, restarted from the one in each row. */
  private children = new Int32Array(0);
  // Entries are overwritten in the order of their uids, so the map's order is theirs too.
  private readonly rows = new Map<number, number>();
  private readonly free: number[] = [];

  constructor(visitWidth: number) {
    this.dead = makeRecorded(0, visitWidth);
  }

  get size(): number {
    return this.rows.size;
  }

  /** Keeps entry `i`, which is being overwritten while `children` known entries restarted from it. */
  keep(from: Recorded, i: number, children: number): void {
    if (this.free.length === 0) this.grow();
    const row = this.free.pop()!;
    this.rows.set(from.columns.uid[i]!, row);
    copyRecord(from, i, this.dead, row);
    this.children[row] = children;
  }

  /**
   * One descendant of an ancestor is forgotten; so is the ancestor, if that was the last, and then its own ancestors in
   * turn. @param uid −1: none
   */
  release(uid: number): void {
    for (let at = uid; at >= 0; ) {
      const row = this.rows.get(at)!;
      this.children[row]!--;
      if (this.children[row]! > 0) return;
      this.rows.delete(at);
      this.free.push(row);
      at = this.dead.columns.parent[row]!;
    }
  }

  /** As the store takes them: oldest first. */
  records(): ReplayAncestor[] {
    const { columns, visits, visitWidth } = this.dead;
    return [...this.rows.values()].map((row) => ({ ...recordAt(columns, row), visit: visits.slice(row * visitWidth, row * visitWidth + columns.visitLength[row]!) }));
  }

  /** As a checkpoint keeps them: oldest first. */
  state(): Recorded {
    const state = makeRecorded(this.size, this.dead.visitWidth);
    let i = 0;
    for (const row of this.rows.values()) copyRecord(this.dead, row, state, i++);
    return state;
  }

  private grow(): void {
    const before = this.children.length;
    const after = Math.max(64, before * 2);
    const { columns, visits, visitWidth } = this.dead;
    this.dead = makeRecorded(after, visitWidth);
    for (const column of COLUMNS) this.dead.columns[column].set(columns[column]);
    this.dead.visits.set(visits);
    const { children } = this;
    this.children = new Int32Array(after);
    this.children.set(children);
    for (let row = after - 1; row >= before; row--) this.free.push(row);
  }
}

/** Copies one entry's numbers and visit; `to` may have room for longer visits. */
export function copyRecord(from: Recorded, i: number, to: Recorded, j: number): void {
  for (const column of COLUMNS) to.columns[column][j] = from.columns[column][i]!;
  const start = j * to.visitWidth;
  for (let k = 0; k < to.visitWidth; k++) to.visits[start + k] = k < from.visitWidth ? from.visits[i * from.visitWidth + k]! : 0;
}

const makeRecorded = (count: number, visitWidth: number): Recorded => ({ columns: makeColumns(count), visits: new Float32Array(count * visitWidth), visitWidth });
