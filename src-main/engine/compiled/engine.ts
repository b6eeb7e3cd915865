import { Worker } from 'node:worker_threads';
import { add } from '@tensorflow/tfjs-core';
import { BasinError, fromErrorData } from '../../contract/errors.ts';
import { entryUrl } from '../../entries.ts';
import type { Arrays, Program, Shape, Stage } from '../../methods/types.ts';
import { checkState } from '../feeds.ts';
import type { Device, Engine, EngineOptions } from '../types.ts';
import { CompiledProgram } from './program.ts';
import type { ReplyMessage, RuntimeOptions, RuntimeRequest } from './protocol.ts';

/** An engine that runs steps as ONNX graphs, in a thread of its own. */
class CompiledEngine implements Engine {
  readonly id;
  private readonly worker: Worker;
  private readonly waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  private nextRequest = 0;
  private nextProgram = 0;
  private ended: BasinError | undefined;

  constructor(device: Device, options: EngineOptions) {
    this.id = { engine: 'compiled', device } as const;
    this.worker = new Worker(entryUrl('engine-worker'), { workerData: { device, threads: options.threads ?? 0, sparing: options.sparing ?? false } satisfies RuntimeOptions });
    this.worker.on('message', (reply: ReplyMessage) => this.settle(reply));
    this.worker.on('error', (error: Error) => this.end(`its thread failed: ${error.message}`));
    this.worker.on('exit', (code) => this.end(`its thread ended with code ${code}`));
  }

  async prepare(stages: readonly Stage[], times?: number): Promise<Program> {
    const program = new CompiledProgram((request) => this.ask(request), this.nextProgram++, stages, times);
    await program.make();
    return program;
  }

  async setState(values: Arrays, shapes: Readonly<Record<string, Shape>>): Promise<void> {
    checkState(values, shapes);
    return this.ask({ type: 'set', values, shapes });
  }

  getState(names: readonly string[]): Promise<Record<string, Float32Array>> {
    return this.ask({ type: 'get', names });
  }

  memory(): Promise<{ tensors: number; bytes: number }> {
    return this.ask({ type: 'memory' });
  }

  async dispose(): Promise<void> {
    this.ended ??= new BasinError('engine.ended', 'The engine was closed', { kind: 'operational' });
    await this.worker.terminate();
  }

  private ask<T = void>(request: RuntimeRequest): Promise<T> {
    if (this.ended) return Promise.reject(this.ended);
    const id = this.nextRequest++;
    return new Promise<T>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, request });
    });
  }

  private settle(reply: ReplyMessage): void {
    const waiter = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if ('error' in reply) waiter?.reject(fromErrorData(reply.error));
    else waiter?.resolve(reply.value as never);
  }

  /** Nobody is left waiting on a dead thread. */
  private end(reason: string): void {
    this.ended ??= new BasinError('engine.ended', `The compiled engine (${this.id.device}) stopped: ${reason}`, { kind: 'operational' });
    for (const { reject } of this.waiting.values()) reject(this.ended);
    this.waiting.clear();
  }
}

/**
 * Starts ONNX Runtime on a device.
 *
 * @throws BasinError `engine.unavailable` when the device's provider does not start here; details: reason, hint.
 */
export async function createCompiledEngine(device: Device, options: EngineOptions = {}): Promise<Engine> {
  const engine = new CompiledEngine(device, options);
  try {
    // A provider says whether it works only when a graph is loaded and run.
    const program = await engine.prepare([{ step: { name: 'engine check', inputs: { a: [2] }, state: {}, run: ({ a }) => ({ doubled: add(a!, a!) }) } }]);
    const { doubled } = await program.run({ a: Float32Array.of(1, 2) });
    if (doubled?.[1] !== 4) throw new Error(`2 + 2 came out as ${String(doubled?.[1])}`);
    await program.dispose();
    return engine;
  } catch (error) {
    await engine.dispose();
    const reason = error instanceof Error ? error.message : String(error);
    throw new BasinError('engine.unavailable', `compiled/${device} cannot be used here: ${reason}`, { kind: 'operational', details: { reason, hint: HINTS[device] ?? '' }, cause: error });
  }
}

const HINTS: Partial<Record<Device, string>> = {
  webgpu: 'WebGPU needs a graphics driver with Vulkan (Linux), Metal (macOS) or Direct3D 12 (Windows)',
  cuda: 'CUDA needs an NVIDIA GPU, CUDA 12 and ONNX Runtime’s CUDA libraries: see "CUDA" in the README',
  coreml: 'CoreML exists on macOS only',
  dml: 'DirectML exists on Windows only',
};
