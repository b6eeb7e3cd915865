import type { Migration } from './types.ts';

/** What the workbench keeps: trivial answers of each run, deletion that can be undone, what a person has set. */
export const workbench: Migration = {
  version: 3,
  title: 'workbench',
  up: (database) =>
    database.exec(`
      -- Hidden since then, and gone for good when a workbench opens the store later; NULL: not deleted.
      ALTER TABLE runs ADD COLUMN deleted_at INTEGER;
      CREATE INDEX runs_deleted ON runs (deleted_at) WHERE deleted_at IS NOT NULL;

      -- Counts up with every change of any run's row, whichever process makes it: who knows how far it was asks for what came after.
      CREATE TABLE run_revision (id INTEGER PRIMARY KEY CHECK (id = 1), last INTEGER NOT NULL);
      INSERT INTO run_revision VALUES (1, 0);
      ALTER TABLE runs ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX runs_by_revision ON runs (revision);
      CREATE TRIGGER runs_inserted AFTER INSERT ON runs BEGIN
        UPDATE run_revision SET last = last + 1;
        UPDATE runs SET revision = (SELECT last FROM run_revision) WHERE id = NEW.id;
      END;
      CREATE TRIGGER runs_updated AFTER UPDATE ON runs WHEN NEW.revision = OLD.revision BEGIN
        UPDATE run_revision SET last = last + 1;
        UPDATE runs SET revision = (SELECT last FROM run_revision) WHERE id = NEW.id;
      END;
      CREATE TRIGGER runs_removed AFTER DELETE ON runs BEGIN
        UPDATE run_revision SET last = last + 1;
      END;

      -- Mean squared error of trivial answers on the run's own probe problems.
      CREATE TABLE run_references (
        run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        difficulty TEXT NOT NULL CHECK (difficulty IN ('same', 'harder')),
        name TEXT NOT NULL,
        label TEXT NOT NULL,
        error REAL,                     -- NULL: NaN
        PRIMARY KEY (run, difficulty, name)
      ) WITHOUT ROWID;

      -- Whether a run ever left the finite numbers, without walking through all that it recorded.
      CREATE INDEX series_chunks_non_finite ON series_chunks (series) WHERE non_finite > 0;

      CREATE TABLE preferences (name TEXT PRIMARY KEY, value TEXT NOT NULL CHECK (json_valid(value))) WITHOUT ROWID;
      CREATE TABLE layout (key TEXT PRIMARY KEY, value TEXT NOT NULL CHECK (json_valid(value))) WITHOUT ROWID;
    `),
};
