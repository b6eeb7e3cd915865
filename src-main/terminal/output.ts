import { toErrorData } from '../contract/errors.ts';

/**
 * JSON that keeps every number: typed arrays are lists, and what JSON cannot say (NaN, Infinity, −Infinity) is the string of
 * that name, which JavaScript's Number() and Python's float() read.
 */
export function toJson(data: unknown): string {
  return JSON.stringify(data, (_key, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
    return ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value;
  });
}

/**
 * Where a command's words go. Results: stdout, as text or as one JSON object a line. Notes on work that takes a while:
 * stderr, and only on a terminal. Warnings and errors: stderr, as text or as one JSON object a line.
 */
export class Output {
  readonly json: boolean;
  readonly #out: NodeJS.WriteStream;
  readonly #err: NodeJS.WriteStream;

  constructor(json: boolean, out: NodeJS.WriteStream = process.stdout, err: NodeJS.WriteStream = process.stderr) {
    this.json = json;
    this.#out = out;
    this.#err = err;
  }

  /** Whether there is someone to watch progress. */
  get isWatched(): boolean {
    return !this.json && this.#err.isTTY;
  }

  /** @param data one object, or one a line @param text the same for a person */
  result(data: object | readonly object[], text: () => string): void {
    const lines = this.json ? (Array.isArray(data) ? data : [data]).map(toJson) : [text()];
    for (const line of lines) this.#out.write(`${line}\n`);
  }

  note(text: string): void {
    if (this.isWatched) this.#err.write(`${text}\n`);
  }

  warn(message: string): void {
    this.#err.write(this.json ? `${toJson({ warning: message })}\n` : `warning: ${message}\n`);
  }

  /** What a command threw. Only a bug shows its stack: whoever meets one should report it. */
  error(thrown: unknown): void {
    const error = toErrorData(thrown);
    if (this.json) this.#err.write(`${toJson({ error })}\n`);
    else if (error.kind !== 'bug') this.#err.write(`error: ${error.message}\n`);
    else this.#err.write(`error: this is a bug in Basin, please report it\n${error.stack ?? error.message}\n`);
  }
}
