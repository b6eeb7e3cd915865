import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { encodeSafetensors } from '../../../src-main/formats/safetensors.ts';
import { readCheckpoint, writeCheckpoint } from '../../../src-main/trainer/checkpoint-file.ts';
import { tiny } from './sandbox.ts';
import { sampleCheckpoint } from './sample-checkpoint.ts';

function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'basin-checkpoint-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'deeper', '00000007.safetensors');
}

const corrupt = (path: string): unknown => expect.objectContaining({ code: 'checkpoint.corrupt', message: expect.stringContaining(path) });

describe('a checkpoint file', () => {
  test('gives back exactly what was written: weights, moments, buffer, order and lineage', async () => {
    const path = temporaryFile();
    const checkpoint = sampleCheckpoint(7);
    const { sha256, bytes } = await writeCheckpoint(path, checkpoint);
    expect(readFileSync(path)).toHaveLength(bytes);
    expect(readCheckpoint(path, sha256)).toEqual(checkpoint);
    expect(checkpoint.replay!.ancestors.columns.uid.length).toBeGreaterThan(0);
  });

  test('of a run without replay holds no buffer', async () => {
    const path = temporaryFile();
    const { replay: _, ...bare } = sampleCheckpoint(7);
    await writeCheckpoint(path, bare);
    expect(readCheckpoint(path)).toEqual(bare);
  });

  test('is the same, byte by byte, for the same checkpoint', async () => {
    const [a, b] = [temporaryFile(), temporaryFile()];
    expect(await writeCheckpoint(a, sampleCheckpoint(7))).toEqual(await writeCheckpoint(b, sampleCheckpoint(7)));
    expect(await writeCheckpoint(b, sampleCheckpoint(8))).not.toEqual(await writeCheckpoint(a, sampleCheckpoint(7)));
  });

  test('stands alone in its folder when it is done', async () => {
    const path = temporaryFile();
    await writeCheckpoint(path, sampleCheckpoint(7));
    await writeCheckpoint(path, sampleCheckpoint(7));
    expect(readdirSync(join(path, '..'))).toEqual(['00000007.safetensors']);
  });
});

describe('a damaged checkpoint file is refused by name', () => {
  async function damaged(damage: (path: string, bytes: Buffer) => void): Promise<[path: string, sha256: string]> {
    const path = temporaryFile();
    const { sha256 } = await writeCheckpoint(path, sampleCheckpoint(7));
    damage(path, readFileSync(path));
    return [path, sha256];
  }

  test('when it is cut off, whether or not its hash is known', async () => {
    const [path, sha256] = await damaged((file, bytes) => truncateSync(file, bytes.length - 1));
    expect(() => readCheckpoint(path, sha256)).toThrow(corrupt(path));
    expect(() => readCheckpoint(path)).toThrow(corrupt(path));
  });

  test('when a single bit of its numbers is altered', async () => {
    const [path, sha256] = await damaged((file, bytes) => {
      bytes[bytes.length - 5]! ^= 1;
      writeFileSync(file, bytes);
    });
    expect(() => readCheckpoint(path, sha256)).toThrow(corrupt(path));
  });

  test('when it is empty, gone, or something else', async () => {
    const [path, sha256] = await damaged((file) => writeFileSync(file, ''));
    expect(() => readCheckpoint(path, sha256)).toThrow(corrupt(path));
    expect(() => readCheckpoint(path)).toThrow(corrupt(path));
    rmSync(path);
    expect(() => readCheckpoint(path, sha256)).toThrow(corrupt(path));
    writeFileSync(path, Buffer.concat(encodeSafetensors({ a: { shape: [1], data: new Float32Array(1) } })));
    expect(() => readCheckpoint(path)).toThrow(expect.objectContaining({ code: 'checkpoint.corrupt', message: expect.stringContaining('basin-checkpoint-1') }));
  });

  test('when a tensor of its buffer is missing', () => {
    const path = temporaryFile();
    mkdirSync(dirname(path));
    const metadata = { format: 'basin-checkpoint-1', iteration: '7', config: JSON.stringify(tiny()), 'replay.next': '5' };
    writeFileSync(path, Buffer.concat(encodeSafetensors({ 'replay.x': { shape: [1, 8], data: new Float32Array(8) } }, metadata)));
    expect(() => readCheckpoint(path)).toThrow(expect.objectContaining({ code: 'checkpoint.corrupt', message: expect.stringMatching(/tensor replay\.\S+ is missing/) }));
  });

  test('when its configuration is none', () => {
    const path = temporaryFile();
    mkdirSync(dirname(path));
    writeFileSync(path, Buffer.concat(encodeSafetensors({}, { format: 'basin-checkpoint-1', iteration: '7', config: '{"rank":"four"}' })));
    expect(() => readCheckpoint(path)).toThrow(expect.objectContaining({ code: 'checkpoint.corrupt', message: expect.stringContaining('rank') }));
  });
});
