/**
 * Typed arrays as blobs: the numbers' own bytes, little-endian (every processor that Node and Electron support is), so
 * that NaN and infinities come back as they were.
 */

/** The array's bytes, not copied: SQLite copies them when they are bound. */
export function toBlob(array: Float32Array | Float64Array): Uint8Array {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}

export function toFloat64(blob: Uint8Array): Float64Array {
  // SQLite's buffers start where a double may start; a slice of a shared pool need not.
  const { buffer, byteOffset } = blob.byteOffset % 8 === 0 ? blob : Uint8Array.from(blob);
  return new Float64Array(buffer, byteOffset, blob.byteLength / 8);
}

export function toFloat32(blob: Uint8Array): Float32Array {
  const { buffer, byteOffset } = blob.byteOffset % 4 === 0 ? blob : Uint8Array.from(blob);
  return new Float32Array(buffer, byteOffset, blob.byteLength / 4);
}
