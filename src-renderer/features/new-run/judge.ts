import type { RunConfig, SettingName } from '../../../src-main/contract/config.ts';
import { BasinError } from '../../../src-main/contract/errors.ts';
import { resolveConfig, SETTINGS } from '../../../src-main/contract/settings.ts';
import { sentNames } from './applies.ts';
import { asValue, baseConfig, changedNames, valuesOf, type Base, type Edits } from './draft.ts';

/** Messages by setting; '' for what belongs to no single field. */
export type FieldErrors = ReadonlyMap<SettingName | '', string>;

/** A form judged at once, without the host. */
export interface Judged {
  readonly values: Readonly<Record<SettingName, unknown>>;
  /** What is sent: settings that apply and differ from the base. */
  readonly changes: Readonly<Record<string, string | number | boolean>>;
  readonly changed: readonly SettingName[];
  /** Absent while a field is wrong. */
  readonly config?: RunConfig;
  readonly errors: FieldErrors;
}

const isName = (word: string | undefined): word is SettingName => SETTINGS.some(({ name }) => name === word);

/**
 * Puts a message at its field. Messages of the configuration record begin with the setting's name and value ("steps = 0 is not
 * allowed: …"); at its field the name is in sight already, and so is an empty value.
 */
export function placeError(message: string, name?: string): [SettingName | '', string] {
  const match = /^(\w+) = ("(?:[^"\\]|\\.)*"|\S+) (is not allowed[^:]*: )([^]*)$/.exec(message);
  if (!match || !isName(match[1]) || (isName(name) && name !== match[1])) return [isName(name) ? name : '', message];
  const [, place, value, refusal, why] = match as unknown as [string, SettingName, string, string, string];
  return [place, value === '""' ? `${why.charAt(0).toUpperCase()}${why.slice(1)}` : `${value} ${refusal}${why}`];
}

/** Errors as the host's `runs.validate` lists them. */
export const placeErrors = (errors: readonly { readonly name?: string | undefined; readonly message: string }[]): FieldErrors => new Map(errors.map(({ name, message }) => placeError(message, name)));

export function judge(base: Base, edits: Edits): Judged {
  const start = baseConfig(base);
  const values = valuesOf(start, edits);
  const changed = changedNames(start, edits);
  const sent = sentNames(changed, values);
  const changes = Object.fromEntries(sent.map((name) => [name, asValue(name, edits[name]!) as string | number | boolean]));
  // A fork's own count of iterations is a change to its parent's, whether or not the person touched it.
  if (base.kind === 'parent' && !('iterations' in changes) && start.iterations !== base.config.iterations) changes['iterations'] = start.iterations;
  const facts = { values, changes, changed };
  try {
    const config = base.kind === 'preset' ? resolveConfig(changes, base.preset) : resolveConfig({ ...base.config, ...changes });
    return { ...facts, config, errors: base.kind === 'parent' ? atLeastOneIteration(base, config) : new Map() };
  } catch (error) {
    if (!(error instanceof BasinError)) throw error;
    return { ...facts, errors: new Map(error.message.split('\n').map((line) => placeError(line))) };
  }
}

const atLeastOneIteration = ({ iteration }: Extract<Base, { kind: 'parent' }>, { iterations }: RunConfig): FieldErrors =>
  iterations > iteration ? new Map() : new Map([['iterations', `The fork starts at iteration ${iteration}: give a larger number of iterations`]]);
