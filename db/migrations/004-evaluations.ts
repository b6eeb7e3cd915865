import type { Migration } from './types.ts';

/** What models were tested on and what came out, so that nothing is computed twice and a page can be opened again. */
export const evaluations: Migration = {
  version: 4,
  title: 'evaluations',
  up: (database) =>
    database.exec(`
      CREATE TABLE evaluations (
        run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        iteration INTEGER NOT NULL,
        options TEXT NOT NULL CHECK (json_valid(options)),  -- keys in order, so that equal options are equal texts
        result TEXT NOT NULL CHECK (json_valid(result)),    -- numbers that are not finite are strings
        created_at INTEGER NOT NULL,
        PRIMARY KEY (run, iteration, options)
      ) WITHOUT ROWID;
    `),
};
