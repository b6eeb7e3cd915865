import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { BasinError } from '../../../src-main/contract/errors.ts';
import { readFileBytes } from '../../../src-main/formats/files.ts';
import { decodeSafetensors, type Safetensors } from '../../../src-main/formats/safetensors.ts';
import type { EngineId } from '../../../src-main/engine/types.ts';

export const COMPILED: EngineId = { engine: 'compiled', device: 'cpu' };

/** A folder that goes when the test ends. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'basin-workbench-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Path of a golden file that plain PyTorch made. */
export const golden = (name: string): string => fileURLToPath(new URL(`../../fixtures/golden/${name}.safetensors`, import.meta.url));

export const readTensors = (path: string): Safetensors => decodeSafetensors(readFileBytes(path), path);

/** The BasinError that a call must throw. */
export async function refusal(call: () => unknown): Promise<BasinError> {
  try {
    await call();
  } catch (error) {
    if (error instanceof BasinError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
