import { z } from './zod.ts';
import { BasinError } from './errors.ts';
import { nearest } from './nearest.ts';
import { PRESETS, runConfigSchema, type PresetName, type RunConfig, type SettingMeta, type SettingName } from './config.ts';

/** One setting as a form, a help text or an error message needs it. */
export interface Setting extends SettingMeta {
  readonly name: SettingName;
  readonly type: 'number' | 'integer' | 'boolean' | 'string' | 'choice';
  readonly default: unknown;
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly string[];
}

/** Every setting with its range, default and meaning, in the order of the record. */
export const SETTINGS: readonly Setting[] = Object.entries(runConfigSchema.shape).map(([name, field]) => describe(name as SettingName, field));

function describe(name: SettingName, field: z.ZodType): Setting {
  const json = z.toJSONSchema(field) as unknown as { type?: string; enum?: string[]; minimum?: number; maximum?: number; default?: unknown } & SettingMeta;
  const type = json.enum ? 'choice' : (json.type as Setting['type']);
  return {
    name,
    type,
    group: json.group,
    title: json.title,
    meaning: json.meaning,
    default: json.default,
    ...(json.unit === undefined ? {} : { unit: json.unit }),
    ...(json.enum ? { choices: json.enum } : {}),
    ...(type === 'number' || type === 'integer' ? { min: json.minimum ?? -Infinity, max: json.maximum ?? Infinity } : {}),
  };
}

const allowed = (setting: Setting): string =>
  setting.choices ? setting.choices.join(', ') : setting.min !== undefined ? `${setting.type === 'integer' ? 'a whole number' : 'a number'} from ${setting.min} to ${setting.max}` : `a ${setting.type}`;

/** What is wrong with one setting, or (without a name) with several together. */
export interface SettingError {
  readonly name?: string;
  readonly message: string;
}

/** A complete configuration from a preset and changes to it, or everything that is wrong with them, so that a form can show it field by field. */
export function judgeConfig(changes: Readonly<Record<string, unknown>>, preset?: PresetName): { readonly config: RunConfig } | { readonly errors: readonly SettingError[]; readonly unknown: readonly string[] } {
  const unknown = Object.keys(changes).filter((name) => !SETTINGS.some((setting) => setting.name === name));
  const known = Object.fromEntries(Object.entries(changes).filter(([name]) => !unknown.includes(name)));
  const result = runConfigSchema.safeParse({ ...(preset ? PRESETS[preset].settings : {}), ...known });
  const errors: SettingError[] = unknown.map((name) => ({ name, message: unknownSetting(name) }));
  if (!result.success) errors.push(...[...new Set(result.error.issues.map((issue) => String(issue.path[0])))].map((name) => ({ name, message: refusal(name, changes) })));
  else errors.push(...contradictions(result.data));
  return errors.length === 0 && result.success ? { config: result.data } : { errors, unknown };
}

/**
 * A complete configuration from a preset and changes to it.
 *
 * @throws BasinError `config.unknown` for a key that does not exist, `config.value` for a value that is not allowed:
 *   each message names the key, the value and what is allowed.
 */
export function resolveConfig(changes: Readonly<Record<string, unknown>>, preset?: PresetName): RunConfig {
  const judged = judgeConfig(changes, preset);
  if ('config' in judged) return judged.config;
  const { errors, unknown } = judged;
  if (unknown.length > 0) throw new BasinError('config.unknown', errors[0]!.message, { details: { name: unknown[0] } });
  throw new BasinError('config.value', errors.map(({ message }) => message).join('\n'), { details: { errors } });
}

function unknownSetting(name: string): string {
  const near = nearest(name, SETTINGS.map((s) => s.name), (text) => text.toLowerCase().replaceAll(/[^a-z]/g, ''));
  return `There is no setting ${JSON.stringify(name)}${near ? `; did you mean "${near}"?` : ''} Settings: ${SETTINGS.map((s) => s.name).join(', ')}`;
}

function refusal(name: string, changes: Readonly<Record<string, unknown>>): string {
  const setting = SETTINGS.find((candidate) => candidate.name === name)!;
  const value = changes[name];
  return `${name} = ${typeof value === 'number' ? value : JSON.stringify(value)} is not allowed: ${setting.title} must be ${allowed(setting)}`;
}

/** Rules that join two settings. */
function contradictions(config: RunConfig): SettingError[] {
  const errors: SettingError[] = [];
  if (config.steps_min > config.steps) errors.push({ name: 'steps_min', message: `steps_min = ${config.steps_min} is not allowed: it must be at most steps = ${config.steps}` });
  if (config.task === 'dataset' && config.data === '') errors.push({ name: 'data', message: 'data = "" is not allowed with task = dataset: give the path of a .safetensors or .npz file with x and y' });
  if (config.task !== 'dataset' && config.data !== '') errors.push({ name: 'data', message: `data = ${JSON.stringify(config.data)} is not allowed with task = ${config.task}: only task = dataset reads a file` });
  if (config.method !== 'irem') {
    const onlyIrem = { langevin_noise: config.langevin_noise > 0, learnable_step_size: config.learnable_step_size, accept_only_descent: config.accept_only_descent };
    for (const [name, on] of Object.entries(onlyIrem)) if (on) errors.push({ name, message: `${name} = ${String(config[name as SettingName])} is not allowed with method = ${config.method}: only irem descends an energy` });
  }
  return errors;
}

/**
 * A setting's value from text, as typed after `--set`: numbers and booleans by the setting's own type.
 *
 * @throws BasinError `config.unknown` or `config.value`, as `resolveConfig`.
 */
export function parseSetting(name: string, text: string): unknown {
  const setting = SETTINGS.find((candidate) => candidate.name === name);
  if (setting?.type === 'number' || setting?.type === 'integer') {
    const value = Number(text);
    return text.trim() === '' || Number.isNaN(value) ? text : value;
  }
  if (setting?.type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}
