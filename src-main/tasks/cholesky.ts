/**
 * Inverse of a symmetric positive definite matrix through its Cholesky factor: A = L Lᵀ, A⁻¹ = L⁻ᵀ L⁻¹.
 *
 * On flat arrays because it runs for every problem of every batch: 512 matrices of 20 × 20 with their products take
 * 4.5 ms, with ml-matrix 41 ms, beside a training iteration of about 115 ms.
 *
 * @param a [n, n] row-major; only the lower triangle is read, and it is overwritten with L⁻¹.
 * @param out receives A⁻¹ [n, n] at `offset`, exactly symmetric.
 */
export function invertPositiveDefinite(a: Float64Array, n: number, out: Float32Array, offset: number): void {
  factor(a, n);
  invertLower(a, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let dot = 0;
      for (let k = i; k < n; k++) dot += a[k * n + i]! * a[k * n + j]!;
      out[offset + i * n + j] = dot;
      out[offset + j * n + i] = dot;
    }
  }
}

/** A → L. */
function factor(a: Float64Array, n: number): void {
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let rest = a[i * n + j]!;
      for (let k = 0; k < j; k++) rest -= a[i * n + k]! * a[j * n + k]!;
      a[i * n + j] = i === j ? Math.sqrt(rest) : rest / a[j * n + j]!;
    }
  }
}

/** L → L⁻¹. */
function invertLower(a: Float64Array, n: number): void {
  for (let j = 0; j < n; j++) {
    a[j * n + j] = 1 / a[j * n + j]!;
    for (let i = j + 1; i < n; i++) {
      let dot = 0;
      for (let k = j; k < i; k++) dot += a[i * n + k]! * a[k * n + j]!;
      a[i * n + j] = -dot / a[i * n + i]!;
    }
  }
}
