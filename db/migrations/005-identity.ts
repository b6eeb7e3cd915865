import type { Migration } from './types.ts';

/** A name that no other store has, so that what was seen of one is never taken for another that lies where it lay. */
export const identity: Migration = {
  version: 5,
  title: 'identity',
  up: (database) =>
    database.exec(`
      CREATE TABLE identity (id INTEGER PRIMARY KEY CHECK (id = 1), name TEXT NOT NULL);
      INSERT INTO identity VALUES (1, lower(hex(randomblob(16))));
    `),
};
