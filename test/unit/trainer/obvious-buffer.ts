import type { ReplayAncestor, ReplayEntry, ReplaySnapshot } from '../../../src-main/contract/replay.ts';
import type { Found, Visit } from '../../../src-main/trainer/replay-buffer.ts';
import type { Rng } from '../../../src-main/tasks/types.ts';

type Known = { -readonly [K in keyof ReplayEntry]: ReplayEntry[K] };

/** What a replay buffer is, written for reading: it forgets nothing and looks everything up. The real one is tested against it. */
export class ObviousBuffer {
  private readonly everything: Known[] = [];
  private living: Known[] = [];
  private capacity: number;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get size(): number {
    return this.living.length;
  }

  draw(rng: Rng, rows: number): Known[] {
    return Array.from({ length: rows }, () => {
      const entry = this.living[rng.integer(this.living.length)]!;
      entry.uses++;
      return entry;
    });
  }

  store(visit: Visit & Found, parents: readonly Known[]): void {
    const row = (array: Float32Array, r: number) => array.slice((r * array.length) / visit.rows, ((r + 1) * array.length) / visit.rows);
    for (let r = 0; r < visit.rows; r++) {
      const parent = parents[r];
      const uid = this.everything.length;
      const energies = Float32Array.from({ length: visit.energies.length / visit.rows }, (_, k) => visit.energies[k * visit.rows + r]!);
      this.everything.push({
        uid,
        parent: parent ? parent.uid : null,
        problem: parent ? parent.problem : uid,
        generation: parent ? parent.generation + 1 : 0,
        born: visit.iteration,
        uses: 0,
        energy: energies.at(-1)!,
        error: visit.errors[r]!,
        x: row(visit.x, r),
        y: row(visit.answers, r),
        target: row(visit.target, r),
        visit: energies,
      });
      this.living.push(this.everything.at(-1)!);
    }
    this.resize(this.capacity);
  }

  resize(capacity: number): void {
    this.capacity = capacity;
    this.living = this.living.slice(-capacity);
  }

  snapshot(iteration: number): ReplaySnapshot {
    const oldest = this.living[0]?.uid ?? 0;
    const reached = new Set<Known>();
    for (const entry of this.living) for (let at = entry; at.parent !== null; reached.add(at)) at = this.everything[at.parent]!;
    const ancestors = [...reached].filter(({ uid }) => uid < oldest).sort((a, b) => a.uid - b.uid);
    const bare = ({ x: _x, y: _y, target: _target, ...rest }: Known): ReplayAncestor => rest;
    return { iteration, entries: this.living, ancestors: ancestors.map(bare) };
  }
}
