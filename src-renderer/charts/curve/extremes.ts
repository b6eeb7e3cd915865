/** Samples a block. */
const BLOCK = 64;
/** Below this a plain loop is as fast. */
const INDEXED_FROM = 4096;

/**
 * Where the least and the greatest finite value of any stretch of a curve lie. Long curves are indexed in blocks once, so that a
 * stretch of a million samples is answered from its blocks and two ends.
 */
export class Extremes {
  readonly values: Float64Array;
  readonly #least: Int32Array | undefined;
  readonly #greatest: Int32Array | undefined;
  /** 1 where a block holds a value that is not finite. */
  readonly #broken: Uint8Array | undefined;

  constructor(values: Float64Array) {
    this.values = values;
    if (values.length < INDEXED_FROM) return;
    const blocks = Math.ceil(values.length / BLOCK);
    this.#least = new Int32Array(blocks);
    this.#greatest = new Int32Array(blocks);
    this.#broken = new Uint8Array(blocks);
    const found = new Found();
    for (let block = 0; block < blocks; block++) {
      found.clear();
      this.#scan(block * BLOCK, Math.min(values.length, (block + 1) * BLOCK), found);
      this.#least[block] = found.least;
      this.#greatest[block] = found.greatest;
      this.#broken[block] = found.broken ? 1 : 0;
    }
  }

  /** Looks at samples [from, to) and adds to what was found. */
  find(from: number, to: number, found: Found): void {
    const least = this.#least;
    if (!least || to - from < 2 * BLOCK) {
      this.#scan(from, to, found);
      return;
    }
    const firstBlock = Math.ceil(from / BLOCK);
    const lastBlock = Math.floor(to / BLOCK);
    this.#scan(from, firstBlock * BLOCK, found);
    for (let block = firstBlock; block < lastBlock; block++) {
      if (this.#broken![block]) found.broken = true;
      found.offer(this.values, least[block]!, this.#greatest![block]!);
    }
    this.#scan(lastBlock * BLOCK, to, found);
  }

  #scan(from: number, to: number, found: Found): void {
    const values = this.values;
    let { least, greatest, min, max } = found;
    for (let k = from; k < to; k++) {
      const value = values[k]!;
      // NaN fails both comparisons; infinities are told apart here.
      if (value - value !== 0) {
        found.broken = true;
        continue;
      }
      if (value < min) {
        min = value;
        least = k;
      }
      if (value > max) {
        max = value;
        greatest = k;
      }
    }
    found.least = least;
    found.greatest = greatest;
    found.min = min;
    found.max = max;
  }
}

/** The result of a search: indices −1 while no finite value was met. One object serves many searches. */
export class Found {
  least = -1;
  greatest = -1;
  min = Infinity;
  max = -Infinity;
  /** Whether a value was NaN or infinite. */
  broken = false;

  clear(): void {
    this.least = -1;
    this.greatest = -1;
    this.min = Infinity;
    this.max = -Infinity;
    this.broken = false;
  }

  offer(values: Float64Array, least: number, greatest: number): void {
    if (least < 0) return;
    if (values[least]! < this.min) {
      this.min = values[least]!;
      this.least = least;
    }
    if (values[greatest]! > this.max) {
      this.max = values[greatest]!;
      this.greatest = greatest;
    }
  }
}

const indices = new WeakMap<Float64Array, Extremes>();

/** The index of an array, made once. The array must not change afterwards. */
export function extremesOf(values: Float64Array): Extremes {
  let index = indices.get(values);
  if (!index) indices.set(values, (index = new Extremes(values)));
  return index;
}

/** First index whose value is ≥ `at`, in a rising array. */
export function lowerBound(rising: Float64Array, at: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rising[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** First index whose value is > `at`, in a rising array. */
export function upperBound(rising: Float64Array, at: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rising[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
