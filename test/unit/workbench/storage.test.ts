import { linkSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hideRun } from '../../../db/runs.ts';
import { measureStorage } from '../../../src-main/workbench/storage.ts';
import { newRun, newStore } from '../db/helpers.ts';

it('counts database, checkpoints and backups, a shared file once, and nothing else', async () => {
  const store = newStore();
  const { folder, file } = store;
  newRun(store);
  hideRun(store, newRun(store));
  const database = () => [file, `${file}-wal`, `${file}-shm`].reduce((sum, path) => sum + statSync(path).size, 0);
  expect(await measureStorage(store)).toEqual({ database: database(), checkpoints: 0, backups: 0, runs: 1, deleted: 1 });

  for (const run of ['1', '2']) mkdirSync(join(folder, 'checkpoints', run), { recursive: true });
  const shared = join(folder, 'checkpoints', '1', '00000010.safetensors');
  writeFileSync(shared, Buffer.alloc(1000));
  linkSync(shared, join(folder, 'checkpoints', '2', '00000010.safetensors'));
  writeFileSync(join(folder, 'checkpoints', '2', '00000020.safetensors'), Buffer.alloc(200));
  writeFileSync(`${file}.v1.2026.backup`, Buffer.alloc(30));
  writeFileSync(join(folder, 'window.json'), '{}');
  expect(await measureStorage(store)).toMatchObject({ database: database(), checkpoints: 1200, backups: 30 });
});
