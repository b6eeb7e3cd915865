import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';
import { nearest } from '../../../../src-main/contract/nearest.ts';
import { FIELDS, FLAGS, type Field } from './fields.ts';
import { tokens, type Operator, type Token } from './tokens.ts';
import { readDay, readDuration, readNumber } from './values.ts';
import { contains } from './words.ts';

/*
 * The filter's small language. Terms are joined by "and": free words (found in name, task, tags, engine, settings), flags (starred, nan,
 * archived, …) and comparisons (task:addition loss<0.01 rank>=8). A minus in front turns a term around; commas join values by "or".
 * Archived runs are left out unless the query says `archived`; `archived:any` shows both.
 */

/** A term that could not be understood: it is left out, and the person reads why. */
export interface Problem {
  readonly text: string;
  readonly message: string;
}

export interface Query {
  /** Whether a run is to be shown. */
  readonly matches: (run: RunSummary) => boolean;
  readonly problems: readonly Problem[];
  /** Whether the query leaves archived runs out by itself. */
  readonly hidesArchived: boolean;
  readonly empty: boolean;
}

type Test = (run: RunSummary) => boolean;
/** Thrown inside this file only; becomes a Problem. */
class Misunderstood extends Error {}

const BY_NAME = new Map(FIELDS.map((field) => [field.name, field]));

/** Reads a query. Never throws: what is not understood is in `problems`, the rest holds. @param now for ages and running times, ms */
export function parseQuery(text: string, now: number): Query {
  const tests: Test[] = [];
  const problems: Problem[] = [];
  let hidesArchived = true;
  const parts = tokens(text);
  for (const token of parts) {
    if ((token.field ?? token.value) === 'archived' && !token.quoted) {
      hidesArchived = false;
      if (token.field && token.value === 'any') continue;
    }
    try {
      const test = testOf(token, now);
      tests.push(token.negated ? (run) => !test(run) : test);
    } catch (error) {
      if (!(error instanceof Misunderstood)) throw error;
      problems.push({ text: token.text, message: error.message });
    }
  }
  if (hidesArchived) tests.push((run) => !run.archived);
  // Asked of every run at each letter typed.
  const matches: Test = (run) => {
    for (const test of tests) if (!test(run)) return false;
    return true;
  };
  return { matches, problems, hidesArchived, empty: parts.length === 0 };
}

function testOf(token: Token, now: number): Test {
  const flag = FLAGS.find(({ name }) => name === (token.field ?? token.value));
  if (token.field === undefined) {
    if (flag && !token.quoted) return flag.read;
    if (token.value === '') throw new Misunderstood('a minus needs something after it: -archived, -tag:baseline');
    return contains(token.value);
  }
  if (flag) {
    if (token.operator !== ':' || (token.value !== 'yes' && token.value !== 'no')) throw new Misunderstood(`${flag.name} stands by itself: ${flag.name} or -${flag.name}`);
    return token.value === 'yes' ? flag.read : (run) => !flag.read(run);
  }
  const field = BY_NAME.get(token.field);
  if (!field) {
    const near = nearest(token.field, [...BY_NAME.keys()]);
    throw new Misunderstood(`there is no field “${token.field}”${near ? `; did you mean ${near}?` : ''}`);
  }
  const values = token.quoted ? [token.value] : token.value.split(',');
  if (values.some((value) => value === '')) throw new Misunderstood(`${field.name} needs a value: ${example(field)}`);
  const operator = token.operator!;
  if (isOrdering(operator) && values.length > 1) throw new Misunderstood(`${operator} takes one value, not ${values.length}`);
  const tests = values.map((value) => comparison(field, operator === '!=' ? '=' : operator, value, now));
  const any: Test = tests.length === 1 ? tests[0]! : (run) => tests.some((test) => test(run));
  return operator === '!=' ? (run) => !any(run) : any;
}

const isOrdering = (operator: Operator): boolean => operator.startsWith('<') || operator.startsWith('>');

function comparison(field: Field, operator: Operator, value: string, now: number): Test {
  if (value === 'none') return (run) => isMissing(field.read(run, now));
  if (field.kind === 'text' || field.kind === 'choice' || field.kind === 'list') {
    if (isOrdering(operator)) throw new Misunderstood(`${field.name} takes : or !=, not ${operator}`);
    return words(field, operator, value, now);
  }
  if (value === 'nan' && !isOrdering(operator)) return (run) => Number.isNaN(field.read(run, now));
  const [low, high] = interval(field, operator, value);
  // Against an interval (a day) "less" means before it begins, "at most" before it is over.
  const holds: Readonly<Record<Exclude<Operator, '!='>, (number: number) => boolean>> = {
    ':': (number) => number >= low && number <= high,
    '=': (number) => number >= low && number <= high,
    '<': (number) => number < low,
    '<=': (number) => number <= high,
    '>': (number) => number > high,
    '>=': (number) => number >= low,
  };
  const hold = holds[operator as Exclude<Operator, '!='>];
  return (run) => {
    const number = field.read(run, now);
    return typeof number === 'number' && hold(number);
  };
}

const isMissing = (value: unknown): boolean => value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Choices and tags are compared whole, texts by what they contain; `*` stands for anything. */
function words(field: Field, operator: Operator, value: string, now: number): Test {
  if (field.choices && !value.includes('*') && !field.choices.includes(value)) throw new Misunderstood(`${field.name} has no “${value}”; it is one of ${field.choices.join(', ')}`);
  const whole = field.kind !== 'text' || operator === '=' || value.includes('*');
  const pattern = new RegExp(`^${value.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`);
  const fits = (text: string) => (!whole ? text.includes(value) : value.includes('*') ? pattern.test(text) : text === value);
  return (run) => {
    const text = field.read(run, now);
    return typeof text === 'string' ? fits(text) : Array.isArray(text) && text.some(fits);
  };
}

/** What is typed as [lowest, highest]: a number is both, a day lasts. */
function interval(field: Field, operator: Operator, value: string): readonly [number, number] {
  const [from, to] = value.split('..');
  if (to !== undefined) {
    if (isOrdering(operator)) throw new Misunderstood(`a range takes :, not ${operator}: ${field.name}:${value}`);
    return [from === '' ? -Infinity : single(field, from!)[0], to === '' ? Infinity : single(field, to)[1]];
  }
  return single(field, value);
}

function single(field: Field, value: string): readonly [number, number] {
  const number = field.kind === 'date' ? readDay(value) : field.kind === 'number' ? readNumber(value) : readDuration(value);
  if (number === undefined) throw new Misunderstood(`${field.name} cannot be “${value}”: ${example(field)}`);
  return typeof number === 'number' ? [number, number] : number;
}

/** A right use of a field, for messages. */
function example(field: Field): string {
  switch (field.kind) {
    case 'number':
      return `it takes a number, as in ${field.name}>=8 or ${field.name}:1e-3..0.1`;
    case 'duration':
      return `it takes a time, as in ${field.name}>90s or ${field.name}<2h`;
    case 'date':
      return `it takes a day, as in ${field.name}:2026-03-07 or ${field.name}>=2026-03-07T14:05`;
    case 'choice':
      return `it is one of ${field.choices!.join(', ')}`;
    default:
      return `as in ${field.name}:baseline or ${field.name}:base*`;
  }
}
