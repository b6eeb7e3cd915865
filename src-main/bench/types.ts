/** One measurement; a ratio compares with the PyTorch peer in the same run of the bench. */
export interface BenchCase {
  readonly case: string;
  /** Median milliseconds. */
  readonly ours_ms: number;
  /** Null where there is no peer: none for this case, or no PyTorch on this machine. */
  readonly peer_ms: number | null;
  /** peer_ms / ours_ms: how many times faster we are. */
  readonly ratio: number | null;
  /** What else was measured, by name with its unit. */
  readonly [figure: string]: string | number | null;
}

export interface BenchOptions {
  /** Names of the cases to run; all when empty. */
  readonly cases?: readonly string[];
  /** Blocks of measurements; ours and the peer's take turns, so that a noisy minute hits both. */
  readonly rounds?: number;
  /** Told, in words, what is being measured. */
  readonly notice?: (text: string) => void;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
