import { expect, it } from 'vitest';
import { murmur3 } from '../../../src-main/tasks/hash.ts';

/** Published test vectors of MurmurHash3_x86_32 whose length is a multiple of four bytes. */
it.each([
  [[], 0, 0],
  [[], 1, 0x514e28b7],
  [[], 0xffffffff, 0x81f16f39],
  [[0xffffffff], 0, 0x76293b50],
  [[0x87654321], 0, 0xf55b516b],
  [[0x87654321], 0x5082edee, 0x2362f9de],
  [[0], 0, 0x2362f9de],
])('hashes %j with seed %d', (words, seed, expected) => {
  expect(murmur3(words, seed) >>> 0).toBe(expected);
});
