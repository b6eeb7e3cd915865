import type { Database } from 'better-sqlite3';

/** One change of the schema. It is never edited after a release: a later change is a later file. */
export interface Migration {
  /** `user_version` after it; versions count up from 1 without gaps. */
  readonly version: number;
  readonly title: string;
  /** Runs inside a transaction of its own. */
  up(database: Database): void;
}
