import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { openStore, type ReadStore, type WriteStore } from '../../../db/open.ts';
import { createRun, type NewRun } from '../../../db/runs.ts';
import { resolveConfig } from '../../../src-main/contract/settings.ts';

const folders: string[] = [];
const stores: ReadStore[] = [];

afterEach(() => {
  for (const store of stores.splice(0)) store.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A folder that goes when the test ends. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'basin-store-'));
  folders.push(folder);
  return folder;
}

/** Closes a store when the test ends. */
export function closing<Store extends ReadStore>(store: Store): Store {
  stores.push(store);
  return store;
}

export const newStore = (folder = newFolder()): WriteStore => closing(openStore(folder));

export const newRun = (store: WriteStore, changes: Partial<NewRun> = {}): number =>
  createRun(store, { config: resolveConfig({}), engine: 'compiled', device: 'cpu', versions: { basin: '0.1.0' }, ...changes });
