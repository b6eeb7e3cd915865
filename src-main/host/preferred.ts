import { preferences as schema, type Preferences } from '../contract/api/app.ts';
import { BasinError } from '../contract/errors.ts';
import { readLayout, readPreferences, writeLayout, writePreferences } from '../../db/remembered.ts';
import type { WriteStore } from '../../db/open.ts';

const DEFAULTS: Preferences = { theme: 'system', concurrency: 1, digits: 3, thousands: 'comma', notifications: true, welcomed: false };
const MOST_BYTES = 64 * 1024;

/** What a person has set and how their pages lie, in the store. */
export class Preferred {
  readonly #store: WriteStore;
  #known: Preferences;

  constructor(store: WriteStore) {
    this.#store = store;
    this.#known = this.#read();
  }

  get now(): Preferences {
    return this.#known;
  }

  set(changes: { readonly [Name in keyof Preferences]?: Preferences[Name] | undefined }): Preferences {
    writePreferences(this.#store, changes);
    this.#known = this.#read();
    return this.#known;
  }

  /** Reads them again, as another window may have set them. @returns whether any is different */
  refresh(): boolean {
    const before = JSON.stringify(this.#known);
    this.#known = this.#read();
    return JSON.stringify(this.#known) !== before;
  }

  layout(): Record<string, unknown> {
    return readLayout(this.#store);
  }

  /** Remembers a piece of layout; null forgets it. @throws BasinError `contract.input` for what is no JSON or longer than 64 KiB */
  setLayout(key: string, value: unknown): void {
    const refuse = (reason: string): never => {
      throw new BasinError('contract.input', `The layout "${key}" was not remembered: ${reason}. What was remembered before is kept`, { details: { key } });
    };
    let json: string | undefined;
    try {
      json = JSON.stringify(value);
    } catch (cause) {
      refuse(`its value cannot be written as JSON (${(cause as Error).message})`);
    }
        // A function or `undefined` has no JSON, whatever the type of JSON.stringify says.
    if (json === undefined) refuse('its value cannot be written as JSON');
    const bytes = Buffer.byteLength(json!);
    if (bytes > MOST_BYTES) refuse(`its value takes ${bytes} bytes of JSON, and at most ${MOST_BYTES} are allowed`);
    writeLayout(this.#store, key, value === null ? null : json!);
  }

  /** What another version stored and this one does not know counts as not set. */
  #read(): Preferences {
    const stored = readPreferences(this.#store);
    const valid = Object.entries(schema.shape).flatMap(([name, field]) => {
      const parsed = field.safeParse(stored[name]);
      return parsed.success ? [[name, parsed.data] as const] : [];
    });
    return { ...DEFAULTS, ...Object.fromEntries(valid) };
  }
}
