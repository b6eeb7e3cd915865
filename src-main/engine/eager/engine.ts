import { setImmediate as nextTurn } from 'node:timers/promises';
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { BasinError } from '../../contract/errors.ts';
import type { Arrays, Program, Shape, Stage, Step, Tensors } from '../../methods/types.ts';
import { checkFeeds, checkState } from '../feeds.ts';
import { mendGradients } from '../gradients.ts';
import type { Engine, EngineId } from '../types.ts';
import { loadBackend, type EagerDevice } from './backends.ts';

/**
 * Starts an engine that runs steps op by op on a tfjs backend.
 *
 * @throws BasinError `engine.unavailable` when the backend cannot be used on this machine; details: reason, hint.
 */
export async function createEagerEngine(device: EagerDevice): Promise<Engine> {
  await loadBackend(device);
  // After loading: tfjs-node registers tfjs's own gradients, which are wrong in second order.
  mendGradients();
  return new EagerEngine(device);
}

class EagerEngine implements Engine {
  readonly id: EngineId;
  private readonly device: EagerDevice;
  private readonly state = new Map<string, Tensor>();
  /** Scratch entries of the program that is running. */
  private readonly scratch = new Map<string, Tensor>();
  private last: Promise<unknown> = Promise.resolve();
  private ended = false;

  constructor(device: EagerDevice) {
    this.id = { engine: 'eager', device };
    this.device = device;
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- nothing to make ready: a step runs as it is written
  async prepare(stages: readonly Stage[]): Promise<Program> {
    return {
      run: async (feeds, times = 1) => {
        const checked = checkFeeds(stages, feeds, times);
        return this.inTurn(async () => {
          const outputs: Record<string, Float32Array> = {};
          try {
            for (const stage of stages) Object.assign(outputs, await this.runStage(stage, checked, times));
          } finally {
            for (const tensor of this.scratch.values()) tensor.dispose();
            this.scratch.clear();
          }
          return outputs;
        });
      },
      dispose: () => Promise.resolve(),
    };
  }

  setState(values: Arrays, shapes: Readonly<Record<string, Shape>>): Promise<void> {
    return this.inTurn(() => {
      checkState(values, shapes);
      for (const [name, shape] of Object.entries(shapes)) this.replace(name, tf.keep(tensorOf(values[name]!, shape)));
    });
  }

  getState(names: readonly string[]): Promise<Record<string, Float32Array>> {
    return this.inTurn(() => Object.fromEntries(names.map((name) => [name, read(this.entry(name))])));
  }

  /** Counts every tensor of the process: tfjs keeps one list for all engines. */
  memory(): Promise<{ tensors: number; bytes: number }> {
    return this.inTurn(() => {
      const { numTensors, numBytes } = tf.memory();
      return { tensors: numTensors, bytes: numBytes };
    });
  }

  async dispose(): Promise<void> {
    if (this.ended) return;
    await this.inTurn(() => {
      for (const tensor of this.state.values()) tensor.dispose();
      this.state.clear();
    });
    this.ended = true;
  }

  /** One request at a time, in the order of asking, as in an engine with a thread of its own. */
  private inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const result = this.last.then(async () => {
      if (this.ended) throw new BasinError('engine.ended', 'The engine was closed', { kind: 'operational' });
      // Lets the process hear messages and timers between two long computations.
      await nextTurn();
      this.activate();
      return work();
    });
    this.last = result.catch(() => undefined);
    return result;
  }

  /** tfjs has one active backend; another engine of this process (or a trace) may have taken it. */
  private activate(): void {
    // Synchronous for a backend that has started.
    if (tf.getBackend() !== this.device) void tf.setBackend(this.device);
  }

  private async runStage({ step, repeated, perRepetition = [] }: Stage, feeds: Arrays, times: number): Promise<Record<string, Float32Array>> {
    const results: Record<string, Float32Array>[] = [];
    for (let repetition = 0; repetition < (repeated ? times : 1); repetition++) {
      if (repetition > 0) await nextTurn();
      this.activate();
      const sliced = Object.fromEntries(
        Object.entries(step.inputs).map(([name, shape]) => {
          const size = tf.util.sizeFromShape([...shape]);
          return [name, perRepetition.includes(name) ? feeds[name]!.subarray(repetition * size, (repetition + 1) * size) : feeds[name]!];
        }),
      );
      results.push(this.runStep(step, sliced));
    }
    return repeated ? stacked(results) : results[0]!;
  }

  /** Runs a step once and takes over its state updates; every other tensor is released. */
  private runStep(step: Step, feeds: Arrays): Record<string, Float32Array> {
    const updates = new Map<string, Tensor>();
    const outputs: Record<string, Float32Array> = {};
    try {
      tf.tidy(() => {
        for (const [name, result] of Object.entries(step.run(this.tensorsFor(step, feeds)))) {
          // A clone shares the numbers, and stays valid where a step returns one of its inputs or one tensor twice.
          if (name in step.state || name in (step.scratch ?? {})) updates.set(name, tf.keep(tf.clone(result)));
          else outputs[name] = read(result);
        }
      });
    } catch (error) {
      for (const tensor of updates.values()) tensor.dispose();
      throw this.explain(error, step);
    }
    for (const [name, tensor] of updates) this.replace(name, tensor, name in step.state ? this.state : this.scratch);
    return outputs;
  }

  private tensorsFor(step: Step, feeds: Arrays): Tensors {
    const tensors: Tensors = {};
    for (const [name, shape] of Object.entries({ ...step.state, ...step.scratch })) {
      const tensor = (name in step.state ? this.state : this.scratch).get(name);
      if (tensor && tf.util.arraysEqual(tensor.shape, [...shape])) tensors[name] = tensor;
      // An entry that this very step creates need not exist yet: only reading it is an error.
      else Object.defineProperty(tensors, name, { enumerable: false, get: () => refuseEntry(name, shape, tensor) });
    }
    for (const [name, shape] of Object.entries(step.inputs)) tensors[name] = tensorOf(feeds[name]!, shape);
    return tensors;
  }

  private entry(name: string): Tensor {
    const tensor = this.state.get(name);
    return tensor ?? refuseEntry(name);
  }

  private replace(name: string, tensor: Tensor, entries = this.state): void {
    entries.get(name)?.dispose();
    entries.set(name, tensor);
  }

  private explain(error: unknown, step: Step): unknown {
    const kernel = error instanceof Error ? /^Kernel '(\w+)' not registered/.exec(error.message)?.[1] : undefined;
    if (!kernel) return error;
    const message = `${step.name} needs the kernel ${kernel}, which tfjs's backend "${this.device}" does not have: choose another engine (compiled/cpu, or eager/cpu)`;
    return new BasinError('engine.kernel', message, { kind: 'operational', details: { kernel, device: this.device, step: step.name }, cause: error });
  }
}

function refuseEntry(name: string, shape?: Shape, held?: Tensor): never {
  const message = held && shape ? `"${name}" is read as [${shape.join(', ')}], and the engine holds it as [${held.shape.join(', ')}]` : `The engine holds no "${name}": set it before a step reads it`;
  throw new BasinError('engine.state', message, { kind: 'bug', details: { name } });
}

/** A tensor of its own: some backends go on reading the array they are given, and the caller may write to it again. */
const tensorOf = (values: Float32Array, shape: Shape): Tensor => tf.tensor(values.slice(), [...shape], 'float32');

/** A copy of a tensor's numbers: the cpu backend hands out its own memory. */
const read = (tensor: Tensor): Float32Array => (tensor.dataSync() as Float32Array).slice();

/** Results of all repetitions, one after another by name. */
function stacked(results: readonly Record<string, Float32Array>[]): Record<string, Float32Array> {
  const first = results[0] ?? {};
  return Object.fromEntries(
    Object.entries(first).map(([name, { length }]) => {
      const all = new Float32Array(length * results.length);
      results.forEach((result, i) => all.set(result[name]!, i * length));
      return [name, all];
    }),
  );
}
