/** Arrays for problems and answers: x [rows, widths.x], y [rows, widths.y]. */
export interface Room {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** How hard the problems are: as in training, or beyond it. */
export type Difficulty = 'same' | 'harder';

/** Problems and exact answers, row-major: x [rows, widths.x], y [rows, widths.y], with the widths of their difficulty. */
export interface Problems {
  readonly rows: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** A flattened vector drawn as matrices side by side: `count` blocks of rows × columns. */
export interface Picture {
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
  /**
   * Graphs: so many numbers follow the matrix, 1 for each node that there is and 0 for padding. Rows and columns of
   * padding, here and in the answers, are no part of the problem.
   */
  readonly marks?: number;
}

/** Widths of flattened problems and answers, and how to draw them. */
export interface Shapes {
  readonly widths: { readonly x: number; readonly y: number };
  readonly pictures: { readonly x: Picture; readonly y: Picture };
}

/** Test problems of one size. */
export interface Sized extends Shapes {
  sample(rng: Rng, rows: number): Problems;
}

/** A family of problems. Its own widths and pictures are those of training problems. */
export interface Task extends Shapes {
  readonly name: string;
  /** False where there is no harder variant (a dataset): probes and evaluation then have `same` only. */
  readonly hasHarder: boolean;
  /** How many different test problems there are, where that is limited (a dataset). */
  readonly testProblems?: number;
  /** Widths and pictures of problems of one difficulty. Graphs: harder ones are larger. */
  shapesOf(difficulty: Difficulty): Shapes;
  /** Graphs: test problems with another number of nodes. Absent where problems have no size but that of training. */
  ofSize?(size: number): Sized;
  /**
   * Draws problems of the training distribution (`train`) or fresh ones for probes and evaluation (`test`). For a
   * generated family both draw from the same law, so only the generator differs; for a dataset they are disjoint rows.
   *
   * @param room where to write them; new arrays when left out
   */
  sample(rng: Rng, rows: number, difficulty: Difficulty, split: 'train' | 'test', room?: Room): Problems;
  /** Whether fitting the references takes seconds: whoever has something else to do asks for them in a thread. */
  readonly slowReferences?: boolean;
  /** Answers that need no learning, fitted where needed on training problems drawn from `seed`. */
  references(seed: number): readonly Reference[];
}

/** A trivial answer, drawn beside every result. */
export interface Reference {
  /** Stable key ("zero", "copy-input", "linear-regression", "constant-mean"). */
  readonly name: string;
  /** What a chart prints at the line's end. */
  readonly label: string;
  /** Predicted answers [rows, widths.y]. */
  predict(x: Float32Array, rows: number): Float32Array;
}

/** A deterministic stream of random numbers: the same (seed, purpose, indices) gives the same stream on every machine. */
export interface Rng {
  /** A number in [0, 1) with 24 random bits: exact in float32. */
  uniform(): number;
  /** A whole number in [0, n). */
  integer(n: number): number;
  /** Fills with U(low, high); returns `out`. */
  fillUniform(out: Float32Array, low: number, high: number): Float32Array;
  /** Fills with N(0, deviation²); returns `out`. */
  fillNormal(out: Float32Array, deviation: number): Float32Array;
}
