/** What a window remembers, as indices into its slots: where the least, the greatest and a value that is not finite were. */
const LEAST = 0;
const GREATEST = 1;
const BROKEN = 2;
const SLOTS = 3;

/**
 * A curve that grows for days and never takes more room. x is cut into windows of 1, 2, 4, 8 … units; each keeps its least and its
 * greatest finite value and one that is not finite, where they were. When there are more windows than `capacity`, every two become
 * one. The newest value is always kept.
 */
export class LiveCurve {
  readonly #capacity: number;
  readonly #unit: number;
  /** Windows in order: number (x / width, rounded down), and x and y of each slot; an x of NaN marks an empty slot. */
  #numbers: Float64Array;
  #x: Float64Array;
  #y: Float64Array;
  #count = 0;
  #width: number;
  #newestX = -Infinity;
  #newestY = NaN;
  #total = 0;
  #points: { readonly x: Float64Array; readonly y: Float64Array } | undefined;

  /**
   * @param capacity windows at most; up to three points each
   * @param unit width of the narrowest window, in the unit of x: 1 for iterations
   */
  constructor(capacity = 2048, unit = 1) {
    if (!(capacity >= 2) || !Number.isInteger(capacity)) throw new RangeError(`a live curve needs a capacity of at least 2 windows, not ${capacity}`);
    this.#capacity = capacity;
    this.#unit = unit;
    this.#width = unit;
    this.#numbers = new Float64Array(capacity + 1);
    this.#x = new Float64Array((capacity + 1) * SLOTS);
    this.#y = new Float64Array((capacity + 1) * SLOTS);
  }

  /** Values that were appended. */
  get total(): number {
    return this.#total;
  }

  /** Width of a window now, in the unit of x: a power of two of the narrowest. */
  get width(): number {
    return this.#width;
  }

  /** The newest x; −∞ while empty. */
  get newest(): number {
    return this.#newestX;
  }

  /** Adds values with rising x. Those whose x is not above the newest are known already and left out. */
  append(x: ArrayLike<number>, y: ArrayLike<number>): void {
    for (let k = 0; k < x.length; k++) if (x[k]! > this.#newestX) this.#add(x[k]!, y[k]!);
  }

  /** Forgets everything. */
  clear(): void {
    this.#count = this.#total = 0;
    this.#width = this.#unit;
    this.#newestX = -Infinity;
    this.#newestY = NaN;
    this.#points = undefined;
  }

  /** The curve now, x rising. The arrays are made anew after a change and never changed themselves. */
  get points(): { readonly x: Float64Array; readonly y: Float64Array } {
    return (this.#points ??= this.#collect());
  }

  #add(x: number, y: number): void {
    this.#points = undefined;
    this.#total++;
    this.#newestX = x;
    this.#newestY = y;
    const number = Math.floor(x / this.#width);
    if (this.#count === 0 || this.#numbers[this.#count - 1] !== number) {
      this.#numbers[this.#count] = number;
      this.#x.fill(NaN, this.#count * SLOTS, (this.#count + 1) * SLOTS);
      this.#count++;
    }
    this.#offer((this.#count - 1) * SLOTS, x, y);
    while (this.#count > this.#capacity) this.#halve();
  }

  #offer(window: number, x: number, y: number): void {
    if (!Number.isFinite(y)) this.#put(window + BROKEN, x, y);
    else {
      if (Number.isNaN(this.#x[window + LEAST]!) || y < this.#y[window + LEAST]!) this.#put(window + LEAST, x, y);
      if (Number.isNaN(this.#x[window + GREATEST]!) || y > this.#y[window + GREATEST]!) this.#put(window + GREATEST, x, y);
    }
  }

  #put(slot: number, x: number, y: number): void {
    this.#x[slot] = x;
    this.#y[slot] = y;
  }

  /** Makes windows twice as wide. Slots are read before they are written over: the target is never ahead of the source. */
  #halve(): void {
    this.#width *= 2;
    let target = -1;
    for (let source = 0; source < this.#count; source++) {
      const number = Math.floor(this.#numbers[source]! / 2);
      const slots = Array.from({ length: SLOTS }, (_, slot) => [this.#x[source * SLOTS + slot]!, this.#y[source * SLOTS + slot]!] as const);
      if (target < 0 || this.#numbers[target] !== number) {
        target++;
        this.#numbers[target] = number;
        this.#x.fill(NaN, target * SLOTS, (target + 1) * SLOTS);
      }
      for (const [x, y] of slots) if (!Number.isNaN(x)) this.#offer(target * SLOTS, x, y);
    }
    this.#count = target + 1;
  }

  #collect(): { x: Float64Array; y: Float64Array } {
    const x = new Float64Array(this.#count * SLOTS + 1);
    const y = new Float64Array(this.#count * SLOTS + 1);
    let count = 0;
    const put = (slot: number): void => {
      const at = this.#x[slot]!;
      // Empty slots are NaN; one sample may be both least and greatest.
      if (Number.isNaN(at) || (count > 0 && x[count - 1] === at)) return;
      x[count] = at;
      y[count++] = this.#y[slot]!;
    };
    for (let slot = 0; slot < this.#count * SLOTS; slot += SLOTS) {
      const least = this.#x[slot + LEAST]!;
      const greatest = this.#x[slot + GREATEST]!;
      const broken = this.#x[slot + BROKEN]!;
      const [first, second] = least <= greatest ? [slot + LEAST, slot + GREATEST] : [slot + GREATEST, slot + LEAST];
      // An empty slot compares as false and is left out by `put`.
      if (broken < Math.min(least, greatest)) put(slot + BROKEN);
      put(first);
      if (broken > Math.min(least, greatest) && broken < Math.max(least, greatest)) put(slot + BROKEN);
      put(second);
      if (Number.isNaN(least) || broken > Math.max(least, greatest)) put(slot + BROKEN);
    }
    if (count > 0 && x[count - 1] !== this.#newestX) {
      x[count] = this.#newestX;
      y[count++] = this.#newestY;
    }
    return { x: x.slice(0, count), y: y.slice(0, count) };
  }
}
