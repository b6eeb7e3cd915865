import type { Output } from '../../../src-main/contract/api/index.ts';

/** A stored answer's vectors. */
export interface Vectors {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly target: Float32Array;
  /** |y − target| in each component. */
  readonly error: Float32Array;
}

type Read = (uids: number[]) => Promise<Output<'replay.vectors'>>;

/**
 * Vectors of the entries in sight, read when they are first seen. One request at a time: while it travels, the newest wish replaces older
 * ones, so that fast scrolling does not queue rows that are long out of sight. The vectors least recently seen are forgotten.
 */
export class VectorCache {
  private readonly read: Read;
  private readonly size: () => number;
  /** In order of last use. */
  private readonly kept = new Map<number, Vectors>();
  /** Asked for, but not in the store's copy any more. */
  private readonly gone = new Set<number>();
  private reading = false;
  private wished: readonly number[] = [];
  private readonly changed: () => void;
  private readonly failed: (error: unknown) => void;

  /**
   * @param size entries kept at most
   * @param changed called after vectors arrived
   */
  constructor(read: Read, size: () => number, changed: () => void, failed: (error: unknown) => void) {
    this.read = read;
    this.size = size;
    this.changed = changed;
    this.failed = failed;
  }

  get(uid: number): Vectors | undefined {
    return this.kept.get(uid);
  }

  /** Whether the store's copy no longer has the entry: a newer copy replaced it. */
  isGone(uid: number): boolean {
    return this.gone.has(uid);
  }

  /** Another copy of the buffer: what was missing may be there now. Vectors of an entry never change, so they stay. */
  renew(): void {
    this.gone.clear();
  }

  /** Sees to it that these entries' vectors are here soon. */
  wish(uids: readonly number[]): void {
    for (const uid of uids) {
      const vectors = this.kept.get(uid);
      if (!vectors) continue;
      this.kept.delete(uid);
      this.kept.set(uid, vectors);
    }
    this.wished = uids;
    if (!this.reading) void this.readWished();
  }

  private async readWished(): Promise<void> {
    this.reading = true;
    for (let uids = this.missing(); uids.length > 0; uids = this.missing()) {
      try {
        this.take(await this.read(uids), uids);
      } catch (error) {
        // The rows stay empty until they are wished for again, by the next scroll or a retry.
        this.wished = [];
        this.failed(error);
      }
      this.changed();
    }
    this.reading = false;
  }

  private missing(): number[] {
    return this.wished.filter((uid) => !this.kept.has(uid) && !this.gone.has(uid));
  }

  private take(answer: Output<'replay.vectors'>, asked: readonly number[]): void {
    for (const [uid, vectors] of unpack(answer)) this.kept.set(uid, vectors);
    for (const uid of asked) if (!this.kept.has(uid)) this.gone.add(uid);
    const most = this.size();
    for (const uid of this.kept.keys()) {
      if (this.kept.size <= most) break;
      this.kept.delete(uid);
    }
  }
}

/** Each entry's own vectors by its uid. */
export function unpack({ uids, x, y, target }: Output<'replay.vectors'>): Map<number, Vectors> {
  const part = (all: Float32Array, i: number) => all.slice((i * all.length) / uids.length, ((i + 1) * all.length) / uids.length);
  return new Map(
    uids.map((uid, i) => {
      const [answer, exact] = [part(y, i), part(target, i)];
      return [uid, { x: part(x, i), y: answer, target: exact, error: absoluteError(answer, exact) }];
    }),
  );
}

/** |y − target|, component by component. */
export const absoluteError = (y: Float32Array, target: Float32Array): Float32Array => y.map((value, i) => Math.abs(value - target[i]!));
