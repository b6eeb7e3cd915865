import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileError, readFileBytes, writeFileAtomic } from '../../../src-main/formats/files.ts';
import { refusal, refusalOf } from '../../support/refusal.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'basin-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('writeFileAtomic', () => {
  it('writes the parts in order and says how many bytes with which hash', async () => {
    const path = join(folder, 'a.bin');
    // Larger than one piece, so that the loop runs more than once.
    const large = new Uint8Array(9 << 20).map((_, i) => i * 7);
    const result = await writeFileAtomic(path, [new Uint8Array([1, 2]), new Uint8Array(0), large]);
    const whole = Buffer.concat([new Uint8Array([1, 2]), large]);
    expect(readFileSync(path).equals(whole)).toBe(true);
    expect(result).toEqual({ bytes: whole.length, sha256: createHash('sha256').update(whole).digest('hex') });
    expect(readdirSync(folder)).toEqual(['a.bin']);
  });

  it('writes shared memory', async () => {
    const shared = new Uint8Array(new SharedArrayBuffer(3));
    shared.set([5, 6, 7]);
    await writeFileAtomic(join(folder, 'shared'), [shared]);
    expect([...readFileSync(join(folder, 'shared'))]).toEqual([5, 6, 7]);
  });

  it('replaces an existing file as a whole', async () => {
    const path = join(folder, 'a.bin');
    writeFileSync(path, 'the old content, longer than the new');
    await writeFileAtomic(path, [new TextEncoder().encode('new')]);
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  it('lets writers of one path not mix: the file is one of theirs', async () => {
    const path = join(folder, 'a.bin');
    await Promise.all([1, 2, 3].map((value) => writeFileAtomic(path, [new Uint8Array(1 << 20).fill(value)])));
    expect(new Set(readFileSync(path)).size).toBe(1);
    expect(readdirSync(folder)).toEqual(['a.bin']);
  });

  it('leaves no temporary file behind when it fails', async () => {
    mkdirSync(join(folder, 'taken', 'inside'), { recursive: true });
    const error = await refusalOf(writeFileAtomic(join(folder, 'taken'), [new Uint8Array(4)]));
    expect(error.code).toBe('file.not-a-file');
    expect(readdirSync(folder)).toEqual(['taken']);
  });

  it('names a missing folder', async () => {
    const error = await refusalOf(writeFileAtomic(join(folder, 'no', 'a.bin'), []));
    expect(error.code).toBe('file.folder-missing');
    expect(error.message).toContain(join(folder, 'no'));
  });

  it('removes what a killed writer of the same file left, and nothing else', async () => {
    // No system gives a process so large a number.
    const dead = 999_999_999;
    for (const name of [`a.bin.${dead}-1.tmp`, `a.bin.${process.ppid}-1.tmp`, `b.bin.${dead}-1.tmp`, 'a.bin.tmp']) writeFileSync(join(folder, name), '');
    await writeFileAtomic(join(folder, 'a.bin'), []);
    expect(readdirSync(folder).sort()).toEqual(['a.bin', `a.bin.${process.ppid}-1.tmp`, 'a.bin.tmp', `b.bin.${dead}-1.tmp`]);
  });
});

describe('readFileBytes', () => {
  it('reads a file', () => {
    writeFileSync(join(folder, 'a'), 'abc');
    expect([...readFileBytes(join(folder, 'a'))]).toEqual([97, 98, 99]);
  });

  it.each([
    ['a file that is not there', 'no.npz', 'file.missing'],
    ['a folder', '.', 'file.not-a-file'],
  ])('refuses %s', (_, name, code) => {
    const error = refusal(() => readFileBytes(join(folder, name)));
    expect(error.code).toBe(code);
    expect(error.message).toContain(join(folder, name));
  });
});

it.each([
  ['ENOSPC', 'file.disk-full', 'free some space'],
  ['EDQUOT', 'file.disk-full', 'quota'],
  ['EROFS', 'file.access', 'read-only'],
  ['EACCES', 'file.access', 'permission denied'],
  ['EIO', 'file.write', 'broken disk'],
])('explains %s', (errno, code, words) => {
  const error = fileError(Object.assign(new Error('broken disk'), { code: errno }), '/data/a.bin', 'write');
  expect(error).toMatchObject({ code, kind: 'operational', details: { path: '/data/a.bin', errno } });
  expect(error.message).toContain(words);
});
