/**
 * Whose move it is when something fails: the user's (fix the input), operational (the machine, a file, a driver), or
 * a bug of ours.
 */
export type ErrorKind = 'user' | 'operational' | 'bug';

/** An error as it crosses a process or a wire. */
export interface ErrorData {
  readonly name: string;
  readonly code: string;
  readonly kind: ErrorKind;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly stack?: string;
}

/**
 * Every failure Basin reports. `code` is stable and dotted by area ("config.range", "store.newer"); the message says
 * what happened, with which value, and what to do.
 */
export class BasinError extends Error {
  override readonly name = 'BasinError';
  readonly code: string;
  readonly kind: ErrorKind;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(code: string, message: string, options: { kind?: ErrorKind; details?: Readonly<Record<string, unknown>>; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.kind = options.kind ?? 'user';
    this.details = options.details;
  }
}

/** Any thrown value as data; what is not a BasinError is a bug and keeps its stack. */
export function toErrorData(thrown: unknown): ErrorData {
  if (thrown instanceof BasinError) {
    const { name, code, kind, message, details } = thrown;
    return { name, code, kind, message, ...(details ? { details } : {}) };
  }
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return { name: error.name, code: 'bug', kind: 'bug', message: error.message, ...(error.stack ? { stack: error.stack } : {}) };
}

/** The error that `toErrorData` described. */
export function fromErrorData(data: ErrorData): BasinError {
  const error = new BasinError(data.code, data.message, { kind: data.kind, ...(data.details ? { details: data.details } : {}) });
  if (data.stack) error.stack = data.stack;
  return error;
}
