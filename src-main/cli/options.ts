import { InvalidArgumentError, Option } from 'commander';
import { PRESETS } from '../contract/config.ts';
import { BasinError } from '../contract/errors.ts';
import { parseSetting } from '../contract/settings.ts';
import type { CheckpointChoice } from '../workbench/checkpoint-choice.ts';
import { DEVICES, ENGINE_KINDS, plainEngine, type EngineWish } from '../workbench/engine-wish.ts';

/** A parser of a whole number in a range; commander names the option in its refusal. */
export const wholeNumber =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value) || value < min || value > max) throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
    return value;
  };

/** A parser of a number above zero. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('It must be a number above 0.');
  return value;
}

/** A parser of whole numbers between commas; ascending, each once. */
export const wholeNumbers =
  (min: number, max: number) =>
  (text: string): number[] => {
    const one = wholeNumber(min, max);
    return [...new Set(text.split(',').map(one))].sort((a, b) => a - b);
  };

/** For options that may be given several times. */
export const collect = (text: string, before: readonly string[] = []): string[] => [...before, text];

/** `--set`, as often as wanted. */
export const setOption = () => new Option('--set <key=value>', 'change a setting; may be repeated (`basin settings` lists them)').argParser(collect).default([], 'none');

export const tagOption = () => new Option('--tag <tag>', 'label the run; may be repeated').argParser(collect);

export const presetOption = () => new Option('--preset <name>', 'start from a preset instead of the defaults').choices(Object.keys(PRESETS));

export const engineOption = () => new Option('--engine <engine>', 'what computes; auto tries every engine once for this machine and network, and takes the fastest').choices(['auto', ...ENGINE_KINDS]);

export const deviceOption = () => new Option('--device <device>', 'where it computes').choices(DEVICES);

/** Options that name settings of their own. */
export interface SettingOptions {
  readonly set: readonly string[];
  readonly method?: string;
  readonly task?: string;
  readonly rank?: string;
  readonly seed?: string;
  readonly iterations?: string;
}

/**
 * Settings from the command line, by name, with values of the settings' own types; ranges are checked where the
 * configuration is made.
 *
 * @throws BasinError `usage.set` for text without "=", or a setting given twice with different values
 */
export function settingChanges({ set, ...named }: SettingOptions): Record<string, unknown> {
  const changes: Record<string, unknown> = {};
  const put = (name: string, text: string) => {
    const value = parseSetting(name, text);
    if (name in changes && changes[name] !== value) throw new BasinError('usage.set', `${name} is given twice: ${JSON.stringify(changes[name])} and ${JSON.stringify(value)}`);
    changes[name] = value;
  };
  for (const name of ['method', 'task', 'rank', 'seed', 'iterations'] as const) if (named[name] !== undefined) put(name, named[name]);
  for (const text of set) {
    const at = text.indexOf('=');
    if (at < 1) throw new BasinError('usage.set', `--set ${text} is not understood: write --set key=value, for example --set learning_rate=0.001`);
    put(text.slice(0, at).trim(), text.slice(at + 1));
  }
  return changes;
}

/** Engine and device as typed. */
export interface EngineOptions {
  readonly engine?: EngineWish['engine'];
  readonly device?: EngineWish['device'];
}

/** The wish of whoever typed them; undefined when neither was typed. */
export function engineWish({ engine, device }: EngineOptions): EngineWish | undefined {
  return engine === undefined && device === undefined ? undefined : { ...(engine ? { engine } : {}), ...(device ? { device } : {}) };
}

/** Which engine reasons with a run's model: the run's own when nothing was typed. */
export function modelEngine(options: EngineOptions) {
  const wish = engineWish(options);
  return wish ? { engine: plainEngine(wish) } : {};
}

/** Options that say what a new run is called. */
export interface LabelOptions {
  readonly name?: string;
  readonly tag?: readonly string[];
}

/** Everything a new run may be told besides its settings. */
export function newRunOptions(options: LabelOptions & EngineOptions, notice: (text: string) => void) {
  const engine = engineWish(options);
  return { notice, ...(engine ? { engine } : {}), ...(options.name === undefined ? {} : { name: options.name }), ...(options.tag ? { tags: options.tag } : {}) };
}

/** Which checkpoint of a run: `best` was chosen on test problems, and whatever is printed of it says so. */
export const fromOption = () =>
  new Option('--from <checkpoint>', "iteration of the checkpoint, or last, or best (lowest probe error, so it flatters); `basin show` lists a run's checkpoints").argParser(checkpointChoice).default('last');

function checkpointChoice(text: string): CheckpointChoice {
  if (text === 'last' || text === 'best') return text;
  try {
    return wholeNumber(0, 10_000_000)(text);
  } catch {
    throw new InvalidArgumentError('It must be the iteration of a checkpoint, last, or best.');
  }
}
