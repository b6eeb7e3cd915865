import type { RunConfig, SettingName } from '../contract/config.ts';
import { methodFor } from '../methods/index.ts';
import type { ParameterSpec, Widths } from '../methods/types.ts';

/** Settings that a network's tensors tell of its size: the width of fc1, and the number of hidden layers where that can differ. */
export function sizesOf(method: string, tensors: Readonly<Record<string, { readonly shape: readonly number[] }>>): Partial<RunConfig> {
  const first = tensors['fc1.weight']?.shape;
  const width = first?.length === 2 ? { [method === 'recurrent' ? 'recurrent_hidden' : 'hidden']: first[0]! } : {};
  return method === 'recurrent' || method === 'ponder' ? width : { ...width, depth: depthOf(Object.keys(tensors)) };
}

/** Number of hidden layers of a network whose layers are called fc1 … fc<depth + 1>: at least 1. */
function depthOf(names: readonly string[]): number {
  const layers = names.map((name) => Number(/^fc(\d+)\.weight$/.exec(name)?.[1] ?? 0));
  return Math.max(1, ...layers.map((layer) => layer - 1));
}

/** Names and shapes of a configuration's weights. A parameter with a fixed first value (a learned λ) can begin at any time. */
const layout = (specs: readonly ParameterSpec[]): string => JSON.stringify(specs.filter(({ value }) => value === undefined).map(({ name, shape }) => [name, shape]));

/**
 * Settings that, each by itself, give the network other parameters than it has: weights trained with the one
 * configuration do not fit the other.
 *
 * @param widthsOf the widths of a configuration's task
 */
export function shapeChanges(from: RunConfig, to: RunConfig, widthsOf: (config: RunConfig) => Widths): SettingName[] {
  const layoutOf = (config: RunConfig) => layout(methodFor(config.method).parameters(config, widthsOf(config)));
  const before = layoutOf(from);
  if (layoutOf(to) === before) return [];
  const changed = (Object.keys(to) as SettingName[]).filter((name) => to[name] !== from[name]);
  const guilty = changed.filter((name) => layoutOf({ ...from, [name]: to[name] }) !== before);
  return guilty.length > 0 ? guilty : changed;
}
