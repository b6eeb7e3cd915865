import type { ReadStore, WriteStore } from './store.ts';

/** What a person has set and how their pages lie: JSON by name. The host says what is allowed. */
const readAll = (store: ReadStore, sql: string): Record<string, unknown> =>
  Object.fromEntries(store.all<{ name: string; value: string }>(sql).map(({ name, value }) => [name, JSON.parse(value) as unknown]));

export const readPreferences = (store: ReadStore): Record<string, unknown> => readAll(store, 'SELECT name, value FROM preferences');

/** @throws BasinError `store.*` */
export function writePreferences(store: WriteStore, values: Readonly<Record<string, unknown>>): void {
  store.transaction(() => {
    for (const [name, value] of Object.entries(values).filter(([, given]) => given !== undefined)) store.write('INSERT INTO preferences (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value', name, JSON.stringify(value));
  });
}

export const readLayout = (store: ReadStore): Record<string, unknown> => readAll(store, 'SELECT key AS name, value FROM layout');

/** @param json the piece as JSON; null forgets it. @throws BasinError `store.*` */
export function writeLayout(store: WriteStore, key: string, json: string | null): void {
  if (json === null) store.write('DELETE FROM layout WHERE key = ?', key);
  else store.write('INSERT INTO layout (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value', key, json);
}
