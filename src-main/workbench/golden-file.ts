import { BasinError } from '../contract/errors.ts';
import { GRAPH_TASKS, METHODS, type RunConfig } from '../contract/config.ts';
import { resolveConfig } from '../contract/settings.ts';
import { readFileBytes } from '../formats/files.ts';
import { decodeSafetensors } from '../formats/safetensors.ts';
import { methodFor } from '../methods/index.ts';
import { joined } from '../methods/layers.ts';
import type { Arrays, ParameterSpec, Widths } from '../methods/types.ts';
import { requireFloats } from './float-tensors.ts';
import { sizesOf } from './network-shape.ts';

/** A training problem with its answers, computed elsewhere. */
export interface Golden {
  readonly file: string;
  readonly config: RunConfig;
  readonly widths: Widths;
  readonly rows: number;
  readonly specs: readonly ParameterSpec[];
  readonly parameters: Arrays;
  /** [rows, widths.x] */
  readonly x: Float32Array;
  /** [rows, widths.y], as target */
  readonly y0: Float32Array;
  readonly target: Float32Array;
  /** Of methods that need them [rows]. */
  readonly levels?: Float32Array;
  /** Adam iterations on this same batch. */
  readonly iterations: number;
  readonly answers: {
    /** E before each update [steps, rows]; empty for a method without an energy */
    readonly energies: Float32Array;
    /** [steps + 1, rows, widths.y], from y0 on */
    readonly outputs: Float32Array;
    /** [iterations] */
    readonly losses: Float32Array;
    /** Of the first iteration; a parameter without an entry receives no gradient. */
    readonly gradients: Arrays;
    /** After all iterations. */
    readonly parameters: Arrays;
  };
}

/**
 * Reads a golden file (layout: test/fixtures/golden/README.md). Sizes come from the tensors, settings from the
 * metadata; the order of the tensors does not matter.
 *
 * @throws BasinError `golden.method` for a method that Basin does not have, `golden.metadata`, `file.*` for tensors that
 *   are missing or have the wrong shape, `config.value` for a setting out of range
 */
export function readGolden(file: string): Golden {
  const { tensors, metadata } = decodeSafetensors(readFileBytes(file), file);
  const method = metadata['method'];
  if (method === undefined) throw new BasinError('golden.metadata', `${file} is not a golden file: its metadata has no "method" (it has ${Object.keys(metadata).join(', ') || 'nothing'})`);
  if (!METHODS.some((known) => known === method)) throw new BasinError('golden.method', `${file}: its method "${method}" is not in this version of Basin, which has ${METHODS.join(', ')}`, { details: { method } });
  const number = (name: string): number => {
    const value = Number(metadata[name] ?? NaN);
    if (!Number.isFinite(value)) throw new BasinError('golden.metadata', `${file}: its metadata must give "${name}" as a number, not ${JSON.stringify(metadata[name])}`);
    return value;
  };

  const weights = Object.fromEntries(Object.entries(tensors).flatMap(([name, tensor]) => (name.startsWith('param.') ? [[name.slice('param.'.length), tensor]] : [])));
  const isGraph = GRAPH_TASKS.some((task) => task === metadata['task']);
  const config = resolveConfig({
    method,
    ...(isGraph ? { task: metadata['task'] } : sizesOf(method, weights)),
    ...Object.fromEntries(['ponder_loss', 'iterative_loss', 'decoder'].flatMap((name) => (metadata[name] === undefined ? [] : [[name, metadata[name]]]))),
    ...(metadata['ponder_beta'] === undefined ? {} : { ponder_beta: number('ponder_beta') }),
    steps: number('steps'),
    step_size: number('step_size'),
    learning_rate: number('learning_rate'),
    backprop: metadata['backprop'],
  });
  const iterations = number('adam_iterations');
  const [rows, y] = tensors['y0']?.shape ?? [-1, -1];
  const widths: Widths = { x: tensors['x']?.shape[1] ?? -1, y: y ?? -1 };
  const batch = rows ?? -1;
  const read = (name: string, shape: readonly number[]) => requireFloats(tensors, name, shape, file);

  const x = read('x', [batch, widths.x]);
  const y0 = read('y0', [batch, widths.y]);
  const { hasEnergy, ...implementation } = methodFor(config.method);
  const specs = implementation.parameters(config, widths);
  const each = (prefix: string, wanted = specs): Arrays => Object.fromEntries(wanted.map(({ name, shape }) => [name, read(`${prefix}.${name}`, shape)]));
  return {
    file,
    config,
    widths,
    rows: batch,
    specs,
    iterations,
    parameters: each('param'),
    x,
    y0,
    target: read('target', [batch, widths.y]),
    ...(implementation.usesLevels(config) ? { levels: read('levels', [batch]) } : {}),
    answers: {
      energies: hasEnergy ? read('energies', [config.steps, batch]) : new Float32Array(0),
      outputs: hasEnergy ? read('outputs', [config.steps + 1, batch, widths.y]) : joined(y0, read('outputs', [config.steps, batch, widths.y])),
      losses: read('losses', [iterations]),
      gradients: each('grad', specs.filter(({ name }) => tensors[`grad.${name}`])),
      parameters: each(`after${iterations}`),
    },
  };
}
