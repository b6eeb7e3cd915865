import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { constantMean } from './references.ts';
import { RIDGE } from './regression.ts';
import type { Problems, Reference } from './types.ts';

/**
 * What the best linear answer of a family may depend on. Where exchanging or flipping parts of a problem leaves its law unchanged, the
 * best linear map must change with it in the same way, and of its width(x) · width(y) numbers few remain: entries of the answer that
 * are exchanged for each other (a group) have the same coefficients, of a few sums over x (features). Fitting those is the regression
 * on all entries without its noise, and takes milliseconds.
 */
export interface LinearShape {
  readonly groups: number;
  /** Group of entry i of the answer. */
  groupOf(i: number): number;
  /** How many numbers an entry depends on; 0: no linear map beats the constant mean. */
  readonly features: number;
  /** Writes the numbers that entry i of the answer to x depends on. */
  of(x: Float32Array): (i: number, into: Float64Array) => void;
}

/** Every entry i depends on x's entry `from` + i, in the same way. */
export const ownEntry = (from = 0): LinearShape => ({ groups: 1, groupOf: () => 0, features: 1, of: (x) => (i, into) => void (into[0] = x[from + i]!) });

/** y ≈ constant + Σ weights[k] · feature[k] for the entries of a group, and their mean. */
interface Fit {
  readonly mean: number;
  readonly constant: number;
  readonly weights: readonly number[];
}

/** The constant mean, and linear regression where it can do better. Both are fitted on training problems. */
export function pooledReferences(shape: LinearShape, problems: Problems): Reference[] {
  const width = problems.y.length / problems.rows;
  const fits = fitGroups(shape, problems, width);
  const mean = Float64Array.from({ length: width }, (_, i) => fits[shape.groupOf(i)]!.mean);
  if (shape.features === 0) return [constantMean(mean, 'constant mean (no linear map does better)')];
  return [constantMean(mean, 'constant mean'), { name: 'linear-regression', label: 'linear regression', predict: (x, rows) => predict(shape, fits, x, rows, width) }];
}

function predict(shape: LinearShape, fits: readonly Fit[], x: Float32Array, rows: number, width: number): Float32Array {
  const out = new Float32Array(rows * width);
  const features = new Float64Array(shape.features);
  const widthX = x.length / rows;
  for (let row = 0; row < rows; row++) {
    const write = shape.of(x.subarray(row * widthX, (row + 1) * widthX));
    for (let i = 0; i < width; i++) {
      const { constant, weights } = fits[shape.groupOf(i)]!;
      write(i, features);
      let value = constant;
      for (let k = 0; k < features.length; k++) value += weights[k]! * features[k]!;
      out[row * width + i] = value;
    }
  }
  return out;
}

/** Least squares of each group by itself, over all its entries of all problems. */
function fitGroups(shape: LinearShape, { rows, x, y }: Problems, width: number): Fit[] {
  const moments = Array.from({ length: shape.groups }, () => new Moments(shape.features));
  const features = new Float64Array(shape.features);
  const widthX = x.length / rows;
  for (let row = 0; row < rows; row++) {
    const write = shape.of(x.subarray(row * widthX, (row + 1) * widthX));
    for (let i = 0; i < width; i++) {
      write(i, features);
      moments[shape.groupOf(i)]!.add(features, y[row * width + i]!);
    }
  }
  return moments.map((group) => group.fit());
}

/** Sums of features, of the answer and of their products, as distances from the first: numbers that never change have no spread at all. */
class Moments {
  readonly #features: number;
  #count = 0;
  readonly #first: Float64Array;
  readonly #sums: Float64Array;
  /** Products of all pairs, [features + 1, features + 1]; the answer comes last. */
  readonly #products: Float64Array;
  readonly #distance: Float64Array;

  constructor(features: number) {
    this.#features = features;
    this.#first = new Float64Array(features + 1);
    this.#sums = new Float64Array(features + 1);
    this.#products = new Float64Array((features + 1) ** 2);
    this.#distance = new Float64Array(features + 1);
  }

  add(features: Float64Array, answer: number): void {
    const size = this.#features + 1;
    if (this.#count++ === 0) {
      this.#first.set(features);
      this.#first[this.#features] = answer;
    }
    for (let i = 0; i < size; i++) {
      this.#distance[i] = (i < this.#features ? features[i]! : answer) - this.#first[i]!;
      this.#sums[i]! += this.#distance[i]!;
      for (let j = 0; j <= i; j++) this.#products[i * size + j]! += this.#distance[i]! * this.#distance[j]!;
    }
  }

  /** A group without entries (off the diagonal at rank 1) is never asked. */
  fit(): Fit {
    const n = Math.max(1, this.#count);
    const size = this.#features + 1;
    const covariance = (i: number, j: number) => this.#products[Math.max(i, j) * size + Math.min(i, j)]! - (this.#sums[i]! * this.#sums[j]!) / n;
    const mean = (i: number) => this.#first[i]! + this.#sums[i]! / n;
    const indices = Array.from({ length: this.#features }, (_, i) => i);
    const answer = this.#features;
    // In units of their spread, so that the ridge means the same to all.
    const spread = indices.map((i) => Math.sqrt(covariance(i, i)) || 1);
    const gram = indices.map((i) => indices.map((j) => covariance(i, j) / (spread[i]! * spread[j]!) + (i === j ? RIDGE : 0)));
    const weights = answer === 0 ? [] : new CholeskyDecomposition(new Matrix(gram)).solve(Matrix.columnVector(indices.map((i) => covariance(i, answer) / spread[i]!))).to1DArray().map((weight, i) => weight / spread[i]!);
    return { mean: mean(answer), weights, constant: indices.reduce((rest, i) => rest - weights[i]! * mean(i), mean(answer)) };
  }
}
