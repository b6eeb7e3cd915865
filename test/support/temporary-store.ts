import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore, type WriteStore } from '../../db/open.ts';

/** A store in a folder of its own, gone when the test is over. */
export function temporaryStore(): WriteStore {
  const folder = mkdtempSync(join(tmpdir(), 'basin-trainer-'));
  const store = openStore(folder);
  onTestFinished(() => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return store;
}
