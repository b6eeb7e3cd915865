import type { Database, Statement } from 'better-sqlite3';
import { translate } from './errors.ts';

/** What can be bound to a statement. SQLite has no NaN: it becomes NULL, so numbers that may be NaN go into blobs. */
export type Bindable = number | string | Uint8Array | null;

/**
 * A handle that can only ask. Made by `openStoreReadonly`; every failure of SQLite leaves it as a BasinError `store.*`.
 */
export class ReadStore {
  /** Folder of the store: the database, and `checkpoints/` beside it. */
  readonly folder: string;
  /** The database file. */
  readonly file: string;
  protected readonly database: Database;
  readonly #statements = new Map<string, Statement>();
  readonly #grouped: ReturnType<Database['transaction']>;

  constructor(database: Database, folder: string) {
    this.database = database;
    this.folder = folder;
    this.file = database.name;
    this.#grouped = database.transaction((work: () => unknown) => work());
  }

  /** The first row, or undefined. */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller says what its query selects
  first<Row>(sql: string, ...values: Bindable[]): Row | undefined {
    return this.guarded(() => this.statement(sql).get(...values) as Row | undefined);
  }

  /** Every row. */
  all<Row>(sql: string, ...values: Bindable[]): Row[] {
    return this.guarded(() => this.statement(sql).all(...values) as Row[]);
  }

  /** Runs several queries on one state of the database, whatever others write meanwhile. */
  consistently<Result>(work: () => Result): Result {
    return this.guarded(() => (this.database.inTransaction ? work() : (this.#grouped.deferred(work) as Result)));
  }

  close(): void {
    this.guarded(() => this.database.close());
  }

  /** Takes the write lock at once, so that what `work` reads cannot change before it writes. Nested: a savepoint. */
  protected exclusively<Result>(work: () => Result): Result {
    return this.guarded(() => this.#grouped.immediate(work) as Result);
  }

  protected statement(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const prepared = this.database.prepare(sql);
    this.#statements.set(sql, prepared);
    return prepared;
  }

  protected guarded<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw translate(error, this.file);
    }
  }
}

/** A handle that can also change the store. Made by `openStore`. */
export class WriteStore extends ReadStore {
  /** @returns how many rows changed, and the id of the last inserted one. */
  write(sql: string, ...values: Bindable[]): { readonly changes: number; readonly id: number } {
    return this.guarded(() => {
      const { changes, lastInsertRowid } = this.statement(sql).run(...values);
      return { changes, id: Number(lastInsertRowid) };
    });
  }

  /** All of `work` is written, or none of it. */
  transaction<Result>(work: () => Result): Result {
    return this.exclusively(work);
  }
}

/**
 * Groups all writes of `work` (synchronous) into one: all are kept, or none. Nesting is allowed.
 *
 * @throws BasinError `store.busy` when other processes held the store for too long, `store.full`, `store.io`, …
 */
export function transaction<Result>(store: WriteStore, work: () => Result): Result {
  return store.transaction(work);
}
