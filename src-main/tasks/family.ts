import { flatShapes } from './flat.ts';
import { pooledReferences, type LinearShape } from './pooled-regression.ts';
import { copyInput, predictZero } from './references.ts';
import { createRng } from './rng.ts';
import type { Difficulty, Picture, Problems, Reference, Rng, Room, Task } from './types.ts';

/** A generated family of problems, described by one problem: everything else of a task follows. */
export interface Family {
  readonly name: string;
  readonly x: Picture;
  readonly y: Picture;
  /** False where there is no harder law. */
  readonly hasHarder?: boolean;
  /** Draws one problem into x [width of x]; where the answer is what is drawn (A·y = b), into y too. */
  draw(rng: Rng, difficulty: Difficulty, x: Float32Array, y: Float32Array): void;
  /** The exact answer of exactly this float32 x, into y [width of y]; left out where `draw` gives it. */
  solve?(x: Float32Array, y: Float32Array): void;
  /** What the best linear answer may depend on. */
  readonly linear: LinearShape;
  /** A trivial answer that is exact, in place of linear regression. */
  readonly exact?: Reference;
}

/** Training problems that trivial answers are fitted on: each coefficient adds about 1 / this to their error. */
const FIT_ROWS = 1024;
/** Inputs from which that takes up to seconds: 0.1 s at rank 20, up to 3 s at rank 64. */
const SLOW_FROM = 1000;

const width = ({ count, rows, columns }: Picture): number => count * rows * columns;

/** A picture of one matrix, or of several side by side. */
export const matrices = (rows: number, columns = rows, count = 1): Picture => ({ count, rows, columns });

/** A task from its family. */
export function taskOf(family: Family): Task {
  const widths = { x: width(family.x), y: width(family.y) };
  const sample = (rng: Rng, rows: number, difficulty: Difficulty, room?: Room): Problems => {
    const x = room?.x ?? new Float32Array(rows * widths.x);
    const y = room?.y ?? new Float32Array(rows * widths.y);
    for (let row = 0; row < rows; row++) {
      const problem = x.subarray(row * widths.x, (row + 1) * widths.x);
      const answer = y.subarray(row * widths.y, (row + 1) * widths.y);
      family.draw(rng, difficulty, problem, answer);
      family.solve?.(problem, answer);
    }
    return { rows, x, y };
  };
  return {
    name: family.name,
    ...flatShapes({ widths, pictures: { x: family.x, y: family.y } }),
    hasHarder: family.hasHarder ?? true,
    slowReferences: widths.x >= SLOW_FROM,
    sample: (rng, rows, difficulty, _split, room) => sample(rng, rows, difficulty, room),
    references(seed) {
      const [mean, ...regression] = pooledReferences(family.linear, sample(createRng(seed, 'references'), FIT_ROWS, 'same'));
      const copy = widths.x === widths.y && family.exact?.name !== 'copy-input' ? [copyInput()] : [];
      return [predictZero(widths.y), ...copy, mean!, ...(family.exact ? [family.exact] : regression)];
    },
  };
}
