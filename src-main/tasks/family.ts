import { copyInput, linearRegression, predictZero } from './references.ts';
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
  /** Trivial answers beside "predict 0"; copy and linear regression where they make sense unless told. */
  references?(): readonly Reference[];
}

/** Inputs up to which a linear regression is fitted: its cost grows with their square, and passes ten seconds above. */
const WIDEST_FIT = 441;
/** Training problems for each input of the regression: the fit's excess error is about 1 / this. */
const ROWS_PER_INPUT = 10;

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
  const fitted = !family.references && widths.x <= WIDEST_FIT;
  return {
    name: family.name,
    widths,
    pictures: { x: family.x, y: family.y },
    hasHarder: family.hasHarder ?? true,
    ...(fitted ? { slowReferences: true } : {}),
    sample: (rng, rows, difficulty, _split, room) => sample(rng, rows, difficulty, room),
    references(seed) {
      if (family.references) return [predictZero(widths.y), ...family.references()];
      const rows = Math.max(256, ROWS_PER_INPUT * widths.x);
      return [
        predictZero(widths.y),
        ...(widths.x === widths.y ? [copyInput()] : []),
        ...(fitted ? linearRegression(`${family.name} ${widths.x} ${seed}`, widths, () => sample(createRng(seed, 'references'), rows, 'same')) : []),
      ];
    },
  };
}
