import type { ReplaySnapshot } from '../contract/replay.ts';
import type { Widths } from '../methods/types.ts';
import type { Rng } from '../tasks/types.ts';
import { copyRecord, Lineage, type Recorded } from './lineage.ts';
import { COLUMNS, makeColumns, recordAt, type ReplayColumns, type ReplayEntries, type ReplayState } from './replay-columns.ts';

/** Where replayed rows go: the front of a batch, row-major. */
export interface DrawTarget {
  readonly x: Float32Array;
  readonly y0: Float32Array;
  readonly target: Float32Array;
}

/** Which entries the replayed rows of a batch restarted from, row by row. */
export interface Draw {
  readonly rows: number;
  readonly parents: Float64Array;
  readonly problems: Float64Array;
  readonly generations: Int32Array;
}

/** What a training iteration works on, replayed rows first. */
export interface Visit {
  readonly iteration: number;
  /** Rows to be stored: all of the batch, or those in front. */
  readonly rows: number;
  readonly x: Float32Array;
  readonly target: Float32Array;
  /** What the first rows restarted from. */
  readonly draw?: Draw;
}

/** What it found. */
export interface Found {
  /** Final answers [rows, widths.y]. */
  readonly answers: Float32Array;
  /** Mean squared error of each final answer [rows]. */
  readonly errors: Float32Array;
  /** [updates + 1, rows]; empty when the method has no energy. */
  readonly energies: Float32Array;
}

/**
 * Earlier final answers, from which some rows of every batch restart, so that many steps do not spoil a finished answer
 * (docs/method.md). A ring: the rows of every batch are stored, replayed ones included, and the oldest are overwritten;
 * draws are uniform with replacement. Entry `uid` is at slot `uid % capacity`.
 */
export class ReplayBuffer {
  readonly capacity: number;
  private readonly widths: Widths;
  private readonly x: Float32Array;
  private readonly answers: Float32Array;
  private readonly targets: Float32Array;
  private readonly columns: ReplayColumns;
  private readonly visits: Float32Array;
  private readonly visitWidth: number;
  /** Rows that the iteration at hand stores. */
  private storing = 0;
  /** How many known entries restarted from the one in each slot. */
  private readonly children: Int32Array;
  private readonly lineage: Lineage;
  private next = 0;
  private count = 0;

  /** @param steps most updates that a visit has */
  constructor(capacity: number, widths: Widths, steps: number) {
    this.capacity = capacity;
    this.widths = widths;
    this.x = new Float32Array(capacity * widths.x);
    this.answers = new Float32Array(capacity * widths.y);
    this.targets = new Float32Array(capacity * widths.y);
    this.columns = makeColumns(capacity);
    this.visitWidth = steps + 1;
    this.visits = new Float32Array(capacity * this.visitWidth);
    this.lineage = new Lineage(this.visitWidth);
    this.children = new Int32Array(capacity);
  }

  /** Entries in the buffer. */
  get size(): number {
    return this.count;
  }

  /** Overwritten entries still known because living ones descend from them. */
  get ancestors(): number {
    return this.lineage.size;
  }

  /** Whether a batch of `fresh` new problems gets replayed rows: once the buffer holds as many, or is full. */
  isReady(fresh: number): boolean {
    return this.count >= Math.min(fresh, this.capacity);
  }

  /** Draws `rows` entries uniformly with replacement, copies them to the front of a batch and counts the use of each. */
  draw(rng: Rng, rows: number, to: DrawTarget): Draw {
    const draw = { rows, parents: new Float64Array(rows), problems: new Float64Array(rows), generations: new Int32Array(rows) };
    const oldest = this.next - this.count;
    const { x, y } = this.widths;
    for (let row = 0; row < rows; row++) {
      const slot = (oldest + rng.integer(this.count)) % this.capacity;
      copyRow(this.x, slot, to.x, row, x);
      copyRow(this.answers, slot, to.y0, row, y);
      copyRow(this.targets, slot, to.target, row, y);
      draw.parents[row] = this.columns.uid[slot]!;
      draw.problems[row] = this.columns.problem[slot]!;
      draw.generations[row] = this.columns.generation[slot]!;
      this.columns.uses[slot]!++;
    }
    return draw;
  }

  /**
   * Makes room for the rows of an iteration and notes what is known before it is computed. Until `finish`, the buffer is
   * neither to be drawn from nor saved.
   */
  begin({ iteration, rows, x, target, draw }: Visit): void {
    // Of a batch larger than the ring, the last rows overwrite the first ones at once.
    const skipped = Math.max(0, rows - this.capacity);
    this.storing = rows;
    const end = this.next + rows;
    // Parents first: an entry that this very batch overwrites stays known while its children live.
    for (let row = skipped; row < (draw?.rows ?? 0); row++) this.children[draw!.parents[row]! % this.capacity]!++;
    const ring = this.recorded();
    for (let uid = this.next - this.count; uid < end - this.capacity && uid < this.next; uid++) this.forget(uid, ring);
    for (let row = skipped; row < rows; row++) {
      const uid = this.next + row;
      const slot = uid % this.capacity;
      const replayed = draw !== undefined && row < draw.rows;
      this.columns.uid[slot] = uid;
      this.columns.parent[slot] = replayed ? draw.parents[row]! : -1;
      this.columns.problem[slot] = replayed ? draw.problems[row]! : uid;
      this.columns.generation[slot] = replayed ? draw.generations[row]! + 1 : 0;
      this.columns.born[slot] = iteration;
      this.columns.uses[slot] = 0;
      this.children[slot] = 0;
    }
    this.next = end;
    this.count = Math.min(this.capacity, this.count + rows);
    this.copyIn(this.x, x, this.widths.x, rows);
    this.copyIn(this.targets, target, this.widths.y, rows);
  }

  /** Stores what the iteration that began last has found. */
  finish({ answers, errors, energies }: Found): void {
    const rows = this.storing;
    const batch = errors.length;
    const length = energies.length / batch;
    for (let row = Math.max(0, rows - this.capacity); row < rows; row++) {
      const slot = (this.next - rows + row) % this.capacity;
      this.columns.energy[slot] = length > 0 ? energies[(length - 1) * batch + row]! : NaN;
      this.columns.error[slot] = errors[row]!;
      this.columns.visitLength[slot] = length;
      const start = slot * this.visitWidth;
      for (let k = 0; k < length; k++) this.visits[start + k] = energies[k * batch + row]!;
      this.visits.fill(0, start + length, start + this.visitWidth);
    }
    this.copyIn(this.answers, answers, this.widths.y, rows);
  }

  /** A copy of everything, for a checkpoint. @param spare the result of an earlier call, whose arrays are used again */
  state(spare?: ReplayState): ReplayState {
    const n = this.count;
    const reuse = spare?.living.columns.uid.length === n && spare.living.visitWidth === this.visitWidth ? spare.living : undefined;
    const living: ReplayEntries = reuse ?? {
      columns: makeColumns(n),
      x: new Float32Array(n * this.widths.x),
      answers: new Float32Array(n * this.widths.y),
      targets: new Float32Array(n * this.widths.y),
      visits: new Float32Array(n * this.visitWidth),
      visitWidth: this.visitWidth,
    };
    for (const column of COLUMNS) this.copyOut(this.columns[column], living.columns[column], 1);
    this.copyOut(this.x, living.x, this.widths.x);
    this.copyOut(this.answers, living.answers, this.widths.y);
    this.copyOut(this.targets, living.targets, this.widths.y);
    this.copyOut(this.visits, living.visits, this.visitWidth);
    return { next: this.next, living, ancestors: this.lineage.state() };
  }

  /** The buffer as the store takes it; vectors are views that hold until the next `begin`. */
  snapshot(iteration: number): ReplaySnapshot {
    const entries = Array.from({ length: this.count }, (_, i) => {
      const slot = (this.next - this.count + i) % this.capacity;
      const row = (array: Float32Array, width: number, length = width) => array.subarray(slot * width, slot * width + length);
      return {
        ...recordAt(this.columns, slot),
        x: row(this.x, this.widths.x),
        y: row(this.answers, this.widths.y),
        target: row(this.targets, this.widths.y),
        visit: row(this.visits, this.visitWidth, this.columns.visitLength[slot]),
      };
    });
    return { iteration, entries, ancestors: this.lineage.records() };
  }

  /**
   * A buffer that goes on where a saved one stopped. With another capacity than the saved one had, its newest entries
   * stay.
   *
   * @param steps most updates that a visit has from now on
   */
  static restore(saved: ReplayState, capacity: number, widths: Widths, steps: number): ReplayBuffer {
    const { living, ancestors } = saved;
    const buffer = new ReplayBuffer(capacity, widths, Math.max(steps + 1, living.visitWidth) - 1);
    const total = living.columns.uid.length;
    buffer.next = saved.next;
    buffer.count = Math.min(total, capacity);
    const dropped = total - buffer.count;

    const children = countChildren(saved, dropped);
    const ring = buffer.recorded();
    const keep = (from: Recorded, i: number) => {
      const known = children.get(from.columns.uid[i]!);
      if (known !== undefined) buffer.lineage.keep(from, i, known);
    };
    for (let i = 0; i < ancestors.columns.uid.length; i++) keep(ancestors, i);
    for (let i = 0; i < dropped; i++) keep(living, i);
    for (let i = dropped; i < total; i++) {
      const uid = living.columns.uid[i]!;
      const slot = uid % capacity;
      copyRecord(living, i, ring, slot);
      copyRow(living.x, i, buffer.x, slot, widths.x);
      copyRow(living.answers, i, buffer.answers, slot, widths.y);
      copyRow(living.targets, i, buffer.targets, slot, widths.y);
      buffer.children[slot] = children.get(uid) ?? 0;
    }
    return buffer;
  }

  private recorded(): Recorded {
    return { columns: this.columns, visits: this.visits, visitWidth: this.visitWidth };
  }

  /** An entry is about to be overwritten: it becomes an ancestor, or is gone with those that led only to it. */
  private forget(uid: number, ring: Recorded): void {
    const slot = uid % this.capacity;
    const children = this.children[slot]!;
    if (children > 0) this.lineage.keep(ring, slot, children);
    // Entries are overwritten oldest first, so the parent of this one was overwritten before it.
    else this.lineage.release(this.columns.parent[slot]!);
  }

  /** Copies the rows of the batch that came last into the ring: all of them, or as many as it holds. */
  private copyIn(ring: Float32Array, batch: Float32Array, width: number, rows: number): void {
    const from = Math.max(0, rows - this.capacity);
    const slot = (this.next - rows + from) % this.capacity;
    const straight = Math.min(rows - from, this.capacity - slot);
    ring.set(batch.subarray(from * width, (from + straight) * width), slot * width);
    ring.set(batch.subarray((from + straight) * width, rows * width), 0);
  }

  /** Copies the living entries out of the ring, oldest first. */
  private copyOut<T extends Float32Array | Float64Array | Int32Array>(ring: T, out: T, width: number): void {
    const slot = (this.next - this.count) % this.capacity;
    const straight = Math.min(this.count, this.capacity - slot);
    out.set(ring.subarray(slot * width, (slot + straight) * width));
    out.set(ring.subarray(0, (this.count - straight) * width), straight * width);
  }
}

/** What so many entries take, bytes: float32 problem, answer, target and visit, and eleven numbers of each. */
export const replayBytes = (entries: number, { x, y }: Widths, steps: number): number => entries * (4 * (x + 2 * y + steps + 1) + 3 * 8 + 7 * 4);

/** Rows shorter than this are copied number by number: a view of each would be thousands of objects to collect every second. */
const WIDE = 128;

function copyRow(from: Float32Array, i: number, to: Float32Array, j: number, width: number): void {
  const source = i * width;
  const destination = j * width;
  if (width < WIDE) for (let k = 0; k < width; k++) to[destination + k] = from[source + k]!;
  else to.set(from.subarray(source, source + width), destination);
}

/**
 * How many known entries restarted from each entry: those that live on when the first `dropped` are gone, and their
 * ancestors.
 */
function countChildren({ living, ancestors }: ReplayState, dropped: number): Map<number, number> {
  const parentOf = new Map<number, number>();
  for (const { uid, parent } of [ancestors.columns, living.columns]) uid.forEach((id, i) => parentOf.set(id, parent[i]!));
  const children = new Map<number, number>();
  const oldest = living.columns.uid[dropped] ?? 0;
  for (let i = dropped; i < living.columns.uid.length; i++) {
    let parent = living.columns.parent[i]!;
    while (parent >= 0) {
      const known = children.get(parent) ?? 0;
      children.set(parent, known + 1);
      // A living parent has its own turn; an ancestor met before has passed itself on already.
      if (parent >= oldest || known > 0) break;
      parent = parentOf.get(parent) ?? -1;
    }
  }
  return children;
}
