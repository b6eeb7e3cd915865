import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished } from 'vitest';

/** A folder that goes with the running test, or, made outside of one, when the file's tests are over. */
export function scratchFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `basin-${name}-`));
  // Processes that were killed may still be about to end, and to write.
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  if (expect.getState().currentTestName === undefined) afterAll(remove);
  else onTestFinished(remove);
  return folder;
}
