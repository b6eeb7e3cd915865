import { BasinError } from '../contract/errors.ts';
import { GRAPH_TASKS, METHODS, type RunConfig } from '../contract/config.ts';
import { resolveConfig, SETTINGS } from '../contract/settings.ts';
import { readFileBytes } from '../formats/files.ts';
import { decodeSafetensors } from '../formats/safetensors.ts';
import type { Tensor } from '../formats/tensors.ts';
import { methodFor } from '../methods/index.ts';
import { trainingState } from '../methods/adam.ts';
import { openTask } from '../tasks/index.ts';
import type { State } from '../trainer/initialise.ts';
import { asFloat32, requireFinite, shapeText, sizeOf } from './float-tensors.ts';
import { networkText } from '../contract/words.ts';
import { sizesOf } from './network-shape.ts';

type TensorMap = Readonly<Record<string, Tensor>>;

/** What a file of weights says: a configuration whose network they are, and the training state that starts from them. */
export interface ImportedWeights {
  readonly config: RunConfig;
  readonly state: State;
}

/** A prefix that every tensor of a network may carry: DataParallel's, and that of golden files and of our own exports. */
const PREFIXES = ['module.', 'param.'];

/**
 * Reads a PyTorch `state_dict` saved as safetensors. Names are the release's (`fc1.weight` [out, in], …), each with or
 * without `module.` or `param.`; where some have `param.`, the others are no weights and are left out, and so are modules of the
 * released class that its forward pass never uses. Width and depth of the network come from the shapes; every other setting from
 * `changes`, else from a `config` or a field of that name in the file's metadata, else its default.
 *
 * @throws BasinError `import.task` when neither says the task and rank, `import.tensors` naming every tensor that is
 *   missing, unknown or of another shape, `file.*`, `config.*`
 */
export function readWeights(file: string, changes: Readonly<Record<string, unknown>>): ImportedWeights {
  const { tensors, metadata } = decodeSafetensors(readFileBytes(file), file);
  const all = withoutPrefixes(tensors, file);
  const config = configOf(file, all, metadata, changes);
  const { widths } = openTask(config);
  const { unused, ...method } = methodFor(config.method);
  const specs = method.parameters(config, widths);
  const weights = Object.fromEntries(Object.entries(all).filter(([name]) => !unused.includes(name.split('.')[0]!)));
  checkTensors(file, weights, specs, config);
  const shapes = trainingState(specs);
  const values = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => {
      const tensor = weights[name];
      if (!tensor) return [name, new Float32Array(sizeOf(shape))];
      const numbers = asFloat32(tensor, name, file);
      requireFinite(numbers, shape.at(-1) ?? 1, name, file);
      return [name, numbers];
    }),
  );
  return { config, state: { values, shapes } };
}

function withoutPrefixes(tensors: TensorMap, file: string): TensorMap {
  const names = Object.keys(tensors);
  const own = names.some((name) => name.startsWith('param.')) ? names.filter((name) => name.startsWith('param.')) : names;
  const weights: Record<string, Tensor> = {};
  for (const name of own) {
    const bare = PREFIXES.reduce((rest, prefix) => (rest.startsWith(prefix) ? rest.slice(prefix.length) : rest), name);
    if (weights[bare]) throw new BasinError('import.tensors', `${file} has "${bare}" twice, with and without a prefix`);
    weights[bare] = tensors[name]!;
  }
  return weights;
}

function configOf(file: string, weights: TensorMap, metadata: Readonly<Record<string, string>>, changes: Readonly<Record<string, unknown>>): RunConfig {
  const said = fromMetadata(file, metadata);
  const given: Record<string, unknown> = { ...said, ...changes };
  const { method } = given;
  if (typeof method === 'string' && !METHODS.some((known) => known === method)) {
    throw new BasinError('import.method', `${file}: its method "${method}" is not in this version of Basin, which has ${METHODS.join(', ')}`);
  }
  const graphs = GRAPH_TASKS.some((task) => task === given['task']);
  if (given['task'] === undefined || (given['rank'] === undefined && given['task'] !== 'dataset' && !graphs)) {
    throw new BasinError('import.task', `${file} does not say which problems its network solves: give --task and --rank (its metadata has ${Object.keys(metadata).join(', ') || 'nothing'})`);
  }
  // Networks on graphs fit graphs of any size, and have the one width that was released.
  return resolveConfig({ ...said, ...(graphs ? {} : sizesOf(String(method), weights)), ...changes });
}

/** Settings that the file's metadata gives: as `config` (our exports and checkpoints), or field by field (golden files). */
function fromMetadata(file: string, metadata: Readonly<Record<string, string>>): Record<string, unknown> {
  if (metadata['config'] !== undefined) {
    try {
      return JSON.parse(metadata['config']) as Record<string, unknown>;
    } catch (cause) {
      throw new BasinError('import.metadata', `${file}: "config" in its metadata is not JSON`, { cause });
    }
  }
  const values = SETTINGS.flatMap(({ name, type }) => {
    const text = metadata[name];
    if (text === undefined) return [];
    return [[name, type === 'number' || type === 'integer' ? Number(text) : type === 'boolean' ? text === 'true' : text] as const];
  });
  return Object.fromEntries(values);
}

/** Names everything that does not fit, not only the first. */
function checkTensors(file: string, weights: TensorMap, specs: readonly { readonly name: string; readonly shape: readonly number[] }[], config: RunConfig): void {
  const problems = specs.flatMap(({ name, shape }) => {
    const tensor = weights[name];
    if (!tensor) return [`"${name}" ${shapeText(shape)} is missing`];
    return shapeText(tensor.shape) === shapeText(shape) ? [] : [`"${name}" is ${shapeText(tensor.shape)}, and ${shapeText(shape)} is needed`];
  });
  problems.push(...Object.keys(weights).filter((name) => !specs.some((spec) => spec.name === name)).map((name) => `"${name}" ${shapeText(weights[name]!.shape)} is unknown`));
  if (problems.length === 0) return;
  throw new BasinError('import.tensors', `${file} does not hold the weights of this network (${config.method}, ${networkText(config)}):\n${problems.map((problem) => `  ${problem}`).join('\n')}`, { details: { problems } });
}
