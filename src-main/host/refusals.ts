import type { z } from 'zod';
import { REQUEST_NAMES } from '../contract/api/request-names.ts';
import { BasinError } from '../contract/errors.ts';

/** Names that reach into every object's prototype: no field of ours is called so, at any depth. */
const FORBIDDEN: readonly string[] = ['__proto__', 'constructor', 'prototype'];
/** Deeper or larger than any request of the contract: refused before a schema walks through it. */
const MOST_DEPTH = 24;
const MOST_VALUES = 100_000;

export function unknownRequest(name: unknown): BasinError {
  return new BasinError('contract.request', `There is no request ${shown(name)}. Requests: ${REQUEST_NAMES.join(', ')}`, { details: { name: shown(name) } });
}

/** What a schema refused, field by field: the field, its value, what is allowed. */
export function badInput(name: string, input: unknown, error: z.ZodError): BasinError {
  const lines = error.issues.slice(0, 10).map((issue) => {
    const field = issue.path.map(String).join('.');
    const value = issue.path.reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined), input);
    return issue.code === 'unrecognized_keys' ? `${field === '' ? 'the input' : field} has no field ${issue.keys.map(shown).join(', ')}` : `${field === '' ? 'the input' : field} = ${shown(value)} is not allowed: ${issue.message}`;
  });
  return new BasinError('contract.input', `The request "${name}" was refused: ${lines.join('; ')}`, { details: { name, fields: error.issues.slice(0, 10).map(({ path }) => path.map(String).join('.')) } });
}

/** Refuses keys that reach into prototypes, and inputs that are larger than any request. @throws BasinError `contract.input` */
export function checkShape(name: string, input: unknown): void {
  let values = 0;
  const refuse = (reason: string): never => {
    throw new BasinError('contract.input', `The request "${name}" was refused: ${reason}`, { details: { name } });
  };
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
    if (depth > MOST_DEPTH) refuse(`its input is nested more than ${MOST_DEPTH} levels deep`);
    for (const key of Object.keys(value)) {
      if (FORBIDDEN.includes(key)) refuse(`a field may not be called "${key}"`);
      if (++values > MOST_VALUES) refuse(`its input holds more than ${MOST_VALUES} values`);
      visit((value as Record<string, unknown>)[key], depth + 1);
    }
  };
  visit(input, 0);
}

const SHOWN = 80;

/** A value as a message quotes it, cut where it is long. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, SHOWN)) : typeof value === 'object' && value !== null ? kindOf(value) : String(value);
  return text.length > SHOWN + 2 ? `${text.slice(0, SHOWN)}…` : text;
}

const kindOf = (value: object): string => (Array.isArray(value) ? `a list of ${value.length}` : ArrayBuffer.isView(value) ? `${value.byteLength} bytes` : 'an object');
