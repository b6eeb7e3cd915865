import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import type { ReadStore } from './store.ts';

/**
 * What tells a store from every other: another one made in the same folder differs, and so does a copy in another folder.
 *
 * @returns 32 hexadecimal digits, the same for as long as the store stays where it is
 */
export function identityOf(store: ReadStore): string {
  const { name } = store.first<{ name: string }>('SELECT name FROM identity')!;
  return createHash('sha256').update(`${name} ${realpathSync(store.folder)}`).digest('hex').slice(0, 32);
}
