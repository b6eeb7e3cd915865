import { z } from 'zod';
import { BasinError } from './errors.ts';
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

/**
 * A complete configuration from a preset and changes to it.
 *
 * @throws BasinError `config.unknown` for a key that does not exist, `config.value` for a value that is not allowed:
 *   each message names the key, the value and what is allowed.
 */
export function resolveConfig(changes: Readonly<Record<string, unknown>>, preset?: PresetName): RunConfig {
  for (const name of Object.keys(changes)) {
    if (!SETTINGS.some((setting) => setting.name === name)) {
      const near = nearest(name);
      throw new BasinError('config.unknown', `There is no setting "${name}"${near ? `; did you mean "${near}"?` : ''} Settings: ${SETTINGS.map((s) => s.name).join(', ')}`, { details: { name } });
    }
  }
  const result = runConfigSchema.safeParse({ ...(preset ? PRESETS[preset].settings : {}), ...changes });
  if (!result.success) throw new BasinError('config.value', result.error.issues.map((issue) => refusal(String(issue.path[0]), changes)).join('\n'), { details: { issues: result.error.issues } });
  checkTogether(result.data);
  return result.data;
}

function refusal(name: string, changes: Readonly<Record<string, unknown>>): string {
  const setting = SETTINGS.find((candidate) => candidate.name === name)!;
  return `${name} = ${JSON.stringify(changes[name])} is not allowed: ${setting.title} must be ${allowed(setting)}`;
}

/** Rules that join two settings. */
function checkTogether(config: RunConfig): void {
  const refuse = (message: string): never => {
    throw new BasinError('config.value', message);
  };
  if (config.steps_min > config.steps) refuse(`steps_min = ${config.steps_min} is not allowed: it must be at most steps = ${config.steps}`);
  if (config.task === 'dataset' && config.data === '') refuse('data = "" is not allowed with task = dataset: give the path of a .safetensors or .npz file with x and y');
  if (config.task !== 'dataset' && config.data !== '') refuse(`data = ${JSON.stringify(config.data)} is not allowed with task = ${config.task}: only task = dataset reads a file`);
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

/** The existing name that differs least from a mistyped one; undefined when none is close. */
function nearest(name: string): string | undefined {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z]/g, '');
  const scored = SETTINGS.map((setting) => ({ name: setting.name, distance: editDistance(plain(name), plain(setting.name)) }));
  const best = scored.reduce((a, b) => (b.distance < a.distance ? b : a));
  return best.distance <= Math.max(1, Math.floor(name.length / 3)) ? best.name : undefined;
}

/** Levenshtein's distance: insertions, deletions and substitutions between two words. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next[j] = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length]!;
}
