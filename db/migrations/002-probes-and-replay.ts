import type { Migration } from './types.ts';

/** What a run practises on and how it reasons: probes, and the replay buffer with its lineage. */
export const probesAndReplay: Migration = {
  version: 2,
  title: 'probes and replay buffer',
  up: (database) =>
    database.exec(`
      -- Small columns first: a list of probes never reads the arrays behind them.
      CREATE TABLE probes (
        run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        iteration INTEGER NOT NULL,
        difficulty TEXT NOT NULL CHECK (difficulty IN ('same', 'harder')),
        steps INTEGER NOT NULL,
        problems INTEGER NOT NULL,
        answers_kept INTEGER NOT NULL,
        mean_energies BLOB NOT NULL,    -- float64 [steps + 1]
        mean_errors BLOB NOT NULL,      -- float64 [steps + 1]
        energies BLOB NOT NULL,         -- float32 [steps + 1, problems], as the two below
        errors BLOB NOT NULL,
        gradient_norms BLOB NOT NULL,
        answers BLOB NOT NULL,          -- float32 [steps + 1, answers_kept, width]
        UNIQUE (run, iteration, difficulty)
      );

      CREATE TABLE replay_snapshots (
        run INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
        iteration INTEGER NOT NULL,
        stored_at INTEGER NOT NULL
      );
      CREATE TABLE replay_entries (
        id INTEGER PRIMARY KEY,
        run INTEGER NOT NULL REFERENCES replay_snapshots (run) ON DELETE CASCADE,
        uid INTEGER NOT NULL,
        parent INTEGER,                 -- a uid of the same run; it may be forgotten already
        problem INTEGER NOT NULL,
        generation INTEGER NOT NULL,
        born INTEGER NOT NULL,
        uses INTEGER NOT NULL,
        energy REAL,                    -- NULL: NaN
        error REAL,
        living INTEGER NOT NULL,        -- 0: overwritten, kept because descendants live
        UNIQUE (run, uid)
      );
      CREATE TABLE replay_vectors (
        entry INTEGER PRIMARY KEY REFERENCES replay_entries (id) ON DELETE CASCADE,
        visit BLOB NOT NULL,            -- float32 [steps + 1], as every vector here
        x BLOB,                         -- an ancestor has its descendants' problem
        y BLOB,
        target BLOB
      );
    `),
};
