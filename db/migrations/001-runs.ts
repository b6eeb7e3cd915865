import type { Migration } from './types.ts';

/** Runs with what every run records: series of numbers, checkpoints, log. */
export const runs: Migration = {
  version: 1,
  title: 'runs, series, checkpoints, log',
  up: (database) =>
    database.exec(`
      -- AUTOINCREMENT: a deleted run's number is never given again, so that files and forks that name it stay true.
      CREATE TABLE runs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'stopped', 'finished', 'diverged', 'failed', 'interrupted')),
        config TEXT NOT NULL CHECK (json_valid(config)),
        task TEXT NOT NULL GENERATED ALWAYS AS (config ->> '$.task') VIRTUAL,
        engine TEXT NOT NULL,
        device TEXT NOT NULL,
        versions TEXT NOT NULL CHECK (json_valid(versions)),
        parent_run INTEGER,             -- no foreign key: where a fork came from stays true when its parent is deleted
        parent_iteration INTEGER,
        iteration INTEGER NOT NULL DEFAULT 0,
        created_at INTEGER NOT NULL,    -- times are milliseconds since 1970
        started_at INTEGER,
        ended_at INTEGER,
        pid INTEGER,                    -- the owner while running
        pid_start TEXT,                 -- when the owner started, as its system tells it: a pid is used again
        beat_at INTEGER,                -- last sign of life
        error TEXT CHECK (json_valid(error)),
        divergence TEXT CHECK (json_valid(divergence)),
        notes TEXT NOT NULL DEFAULT '',
        star INTEGER NOT NULL DEFAULT 0,
        archived INTEGER NOT NULL DEFAULT 0
      );
      CREATE INDEX runs_by_name ON runs (name);
      CREATE INDEX runs_by_status ON runs (status);
      CREATE INDEX runs_by_task ON runs (task);

      CREATE TABLE run_tags (
        run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        tag TEXT NOT NULL,
        PRIMARY KEY (run, tag)
      ) WITHOUT ROWID;
      CREATE INDEX run_tags_by_tag ON run_tags (tag, run);

      CREATE TABLE series (
        id INTEGER PRIMARY KEY,
        run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        metric TEXT NOT NULL,
        UNIQUE (run, metric)
      );
      -- Values of iterations first … last of one series; chunks of a series never overlap.
      CREATE TABLE series_chunks (
        series INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        count INTEGER NOT NULL,
        minimum REAL,                   -- over finite values; NULL when there is none
        maximum REAL,
        non_finite INTEGER NOT NULL,
        iterations BLOB,                -- float64; NULL when the iterations are first, first + 1, …
        numbers BLOB NOT NULL,          -- float64
        UNIQUE (series, first)
      );
      -- Counts and extremes of a whole series without touching its blobs.
      CREATE INDEX series_chunks_summary ON series_chunks (series, first, last, count, minimum, maximum, non_finite);

      CREATE TABLE checkpoints (
        run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        iteration INTEGER NOT NULL,
        file TEXT NOT NULL,             -- relative to the store's folder, so that the folder can be moved
        sha256 TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        best INTEGER NOT NULL,
        error REAL,                     -- NULL: not a number, or not measured
        created_at INTEGER NOT NULL,
        PRIMARY KEY (run, iteration)
      ) WITHOUT ROWID;
      CREATE UNIQUE INDEX checkpoints_best ON checkpoints (run) WHERE best = 1;

      CREATE TABLE log_lines (
        id INTEGER PRIMARY KEY,
        run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        iteration INTEGER NOT NULL,
        level TEXT NOT NULL CHECK (level IN ('info', 'warning', 'error')),
        message TEXT NOT NULL,
        at INTEGER NOT NULL
      );
      CREATE INDEX log_lines_by_run ON log_lines (run, id);
    `),
};
