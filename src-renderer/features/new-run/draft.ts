import { PRESETS, type PresetName, type RunConfig, type SettingName } from '../../../src-main/contract/config.ts';
import { parseSetting, resolveConfig, SETTINGS, type Setting } from '../../../src-main/contract/settings.ts';
import type { EngineId } from '../../../src-main/contract/api/shapes.ts';

/** What the form starts from, and marks differences against. */
export type Base =
  | { readonly kind: 'preset'; readonly preset: PresetName }
  /** A fork keeps its parent's configuration. `iteration` is the checkpoint's. */
  | { readonly kind: 'parent'; readonly run: number; readonly name: string; readonly config: RunConfig; readonly iteration: number };

/** A field as the person left it: text of a number as typed, so that "1e-" can become "1e-3". */
export type Edits = Readonly<Partial<Record<SettingName, string | boolean>>>;
export type EngineWish = 'auto' | EngineId;

/** Everything the form collects. */
export interface Draft {
  readonly preset: PresetName;
  readonly edits: Edits;
  readonly seeds: string;
  readonly name: string;
  readonly tags: readonly string[];
  readonly notes: string;
  readonly engine: EngineWish;
}

export const emptyDraft = (preset: PresetName = 'quick'): Draft => ({ preset, edits: {}, seeds: '0', name: '', tags: [], notes: '', engine: 'auto' });

/** A form that says what a run was: every setting that differs from the preset that comes nearest, and its seed. */
export function draftLike(config: RunConfig): Draft {
  const candidates = (Object.keys(PRESETS) as PresetName[]).map((preset) => ({ preset, names: differing(config, resolveConfig({}, preset)) }));
  const { preset, names } = candidates.reduce((a, b) => (b.names.length < a.names.length ? b : a));
  return { ...emptyDraft(preset), seeds: String(config.seed), edits: Object.fromEntries(names.map((name) => [name, asText(config[name])])) };
}

const differing = (config: RunConfig, other: RunConfig): SettingName[] => (Object.keys(config) as SettingName[]).filter((name) => name !== 'seed' && config[name] !== other[name]);

export const settingOf = (name: SettingName): Setting => SETTINGS.find((setting) => setting.name === name)!;

/** The configuration before any edit. A fork's iterations are its parent's, and as many again where its checkpoint has done them all. */
export function baseConfig(base: Base): RunConfig {
  if (base.kind === 'preset') return resolveConfig({}, base.preset);
  const { config, iteration } = base;
  return iteration < config.iterations ? config : { ...config, iterations: Math.min(settingOf('iterations').max!, iteration + config.iterations) };
}

/** How a value stands in its field. */
export const asText = (value: unknown): string | boolean => (typeof value === 'boolean' ? value : String(value));

/** An edit as its setting's own type; text that is no number stays text, for `resolveConfig` to refuse by name. */
export const asValue = (name: SettingName, edit: string | boolean): unknown => (typeof edit === 'boolean' ? edit : parseSetting(name, edit.trim()));

/** The fields' values: edits over the base. Values of the wrong type are passed on as they are. */
export function valuesOf(base: RunConfig, edits: Edits): Record<SettingName, unknown> {
  const values: Record<SettingName, unknown> = { ...base };
  for (const [name, edit] of Object.entries(edits) as [SettingName, string | boolean][]) values[name] = asValue(name, edit);
  return values;
}

/** Edits that say something else than the base. */
export const changedNames = (base: RunConfig, edits: Edits): SettingName[] => (Object.keys(edits) as SettingName[]).filter((name) => asValue(name, edits[name]!) !== base[name]);

/** The same edits with one more; one that says what the base says is none. */
export function edited(base: RunConfig, edits: Edits, name: SettingName, edit: string | boolean): Edits {
  const rest = without(edits, [name]);
  return asValue(name, edit) === base[name] ? rest : { ...rest, [name]: edit };
}

export const without = (edits: Edits, names: readonly SettingName[]): Edits => Object.fromEntries(Object.entries(edits).filter(([name]) => !names.includes(name as SettingName)));

/** What every preset is called and means. */
export const PRESET_CARDS = (Object.entries(PRESETS) as [PresetName, { meaning: string; settings: Partial<RunConfig> }][]).map(([name, { meaning }]) => ({ name, title: `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('-', ' ')}`, meaning }));
