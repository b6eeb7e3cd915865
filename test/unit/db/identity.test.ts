import { cpSync, rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { identityOf } from '../../../db/identity.ts';
import { openStore, openStoreReadonly } from '../../../db/open.ts';
import { closing, newFolder, newStore } from './helpers.ts';

it('a store is the same whoever opens it, and whenever', () => {
  const folder = newFolder();
  const first = openStore(folder);
  const identity = identityOf(first);
  first.close();
  expect(identity).toMatch(/^[0-9a-f]{32}$/);
  expect(identityOf(newStore(folder))).toBe(identity);
  expect(identityOf(closing(openStoreReadonly(folder)))).toBe(identity);
});

it('another in the same folder differs, and so does a copy in another folder', () => {
  const folder = newFolder();
  const first = openStore(folder);
  const identity = identityOf(first);
  first.close();
  const copy = newFolder();
  cpSync(folder, copy, { recursive: true });
  rmSync(folder, { recursive: true });
  expect(new Set([identity, identityOf(newStore(folder)), identityOf(newStore(copy))]).size).toBe(3);
});
