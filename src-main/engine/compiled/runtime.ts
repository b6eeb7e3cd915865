import { InferenceSession, Tensor } from 'onnxruntime-node';
import { BasinError } from '../../contract/errors.ts';
import type { Arrays, Shape } from '../../methods/types.ts';
import { createMover, type Mover } from './device-memory.ts';
import { sameShape, sizeOf } from './graph.ts';
import type { RuntimeOptions, RuntimeRequest, StageModel } from './protocol.ts';

/** A state entry: the tensor in force, and on the CPU a second one that the next update is written into. */
interface Entry {
  readonly shape: Shape;
  current: Tensor;
  spare?: Tensor;
  /** On a GPU, the session whose memory `current` is. */
  readonly producer?: InferenceSession;
}

/** Memory that one output is written into, large enough for the most repetitions seen. */
interface OutputBuffer {
  all: Float32Array;
  slots: Tensor[];
}

interface LoadedStage {
  readonly model: StageModel;
  readonly session: InferenceSession;
  /** Two sets used in turn, so that a caller may read one while the next run fills the other. */
  readonly buffers: readonly [Map<string, OutputBuffer>, Map<string, OutputBuffer>];
}

interface LoadedProgram {
  readonly stages: readonly LoadedStage[];
  turn: 0 | 1;
}

/** Multiplications of a model under which one thread is faster than two. */
const SMALL = 2_000_000;

/** Runs lowered programs with ONNX Runtime and keeps their state. `run` blocks its thread: it lives in a worker. */
export class Runtime {
  private readonly state = new Map<string, Entry>();
  private readonly programs = new Map<number, LoadedProgram>();
  private readonly onDevice: boolean;
  private readonly options: RuntimeOptions;
  private readonly movers = new Map<string, Mover>();

  constructor(options: RuntimeOptions) {
    this.options = options;
    // Only WebGPU can leave results where the next run reads them; other providers take and give host memory.
    this.onDevice = options.device === 'webgpu';
  }

  handle(request: RuntimeRequest): unknown {
    switch (request.type) {
      case 'prepare':
        return this.prepare(request.program, request.stages);
      case 'run':
        return this.run(request.program, request.feeds, request.times);
      case 'release':
        return this.release(request.program);
      case 'set':
        return this.set(request.values, request.shapes);
      case 'get':
        return this.get(request.names);
      case 'memory':
        return this.memory();
    }
  }

  private async prepare(program: number, stages: readonly StageModel[]): Promise<void> {
    const loaded: LoadedStage[] = [];
    for (const model of stages) {
      const session = await InferenceSession.create(model.onnx, {
        executionProviders: [this.options.device],
        // A second thread costs more than it brings where a model is this small (measured: one row of the release-size network).
        intraOpNumThreads: this.options.threads || (model.multiplications < SMALL ? 1 : 0),
        // Memory patterns cost 100 MB at release size and gain nothing.
        enableMemPattern: false,
        // Each session has threads of its own. They must not go on spinning when their run is over: the next stage is another
        // session, and would find the cores taken (measured at release size on 2 cores: 203 ms an iteration, 118 with this).
        extra: { session: { force_spinning_stop: '1' } },
        graphOptimizationLevel: 'all',
        logSeverityLevel: 3,
        ...(this.onDevice ? { preferredOutputLocation: Object.fromEntries(Object.keys(model.writes).map((name) => [`out:${name}`, 'gpu-buffer' as const])) } : {}),
      });
      loaded.push({ model, session, buffers: [new Map(), new Map()] });
    }
    this.programs.set(program, { stages: loaded, turn: 0 });
  }

  private async run(id: number, feeds: Arrays, times: number): Promise<Arrays> {
    const program = this.programs.get(id)!;
    program.turn = program.turn === 0 ? 1 : 0;
    const outputs: Record<string, Float32Array> = {};
    for (const stage of program.stages) await this.runStage(stage, feeds, stage.model.repeated ? times : 1, stage.buffers[program.turn], outputs);
    return outputs;
  }

  private async runStage({ model, session }: LoadedStage, feeds: Arrays, times: number, buffers: Map<string, OutputBuffer>, outputs: Record<string, Float32Array>): Promise<void> {
    const fed: Record<string, Tensor> = {};
    for (const [name, shape] of Object.entries(model.inputs)) {
      if (!model.perRepetition.includes(name)) fed[name] = new Tensor('float32', feeds[name]!, shape);
    }
    const targets = Object.entries(model.outputs).map(([name, shape]) => ({ name, size: sizeOf(shape), buffer: reserve(buffers, name, shape, times) }));
    for (let repetition = 0; repetition < times; repetition++) {
      for (const name of model.perRepetition) {
        const size = sizeOf(model.inputs[name]!);
        fed[name] = new Tensor('float32', feeds[name]!.subarray(repetition * size, (repetition + 1) * size), model.inputs[name]);
      }
      for (const name of model.reads) fed[name] = this.entry(name).current;
      await (this.onDevice ? this.runOnDevice(model, session, fed, targets, repetition) : this.runInPlace(model, session, fed, targets, repetition));
    }
    for (const { name, size, buffer } of targets) outputs[name] = buffer.all.subarray(0, times * size);
  }

  /** Results are written where they belong: state into the spare tensors, outputs into shared memory. */
  private async runInPlace(model: StageModel, session: InferenceSession, fed: Record<string, Tensor>, targets: readonly Target[], repetition: number): Promise<void> {
    const fetches: Record<string, Tensor> = {};
    for (const { name, buffer } of targets) fetches[`out:${name}`] = buffer.slots[repetition]!;
    const spares: Record<string, Tensor> = {};
    for (const [name, shape] of Object.entries(model.writes)) {
      // Never the tensor that is being read: an output that aliases an input is corrupt.
      spares[name] = this.entryOf(name, shape)?.spare ?? new Tensor('float32', new Float32Array(sizeOf(shape)), shape);
      fetches[`out:${name}`] = spares[name];
    }
    await session.run(fed, fetches);
    for (const [name, shape] of Object.entries(model.writes)) {
      const entry = this.entryOf(name, shape);
      if (entry) [entry.spare, entry.current] = [entry.current, spares[name]!];
      else this.state.set(name, { shape, current: spares[name]! });
    }
  }

  /** State stays in GPU buffers; only the outputs come to the host. */
  private async runOnDevice(model: StageModel, session: InferenceSession, fed: Record<string, Tensor>, targets: readonly Target[], repetition: number): Promise<void> {
    const results = await session.run(fed, [...Object.keys(model.writes), ...Object.keys(model.outputs)].map((name) => `out:${name}`));
    for (const { name, size, buffer } of targets) buffer.all.set(results[`out:${name}`]!.data as Float32Array, repetition * size);
    for (const [name, shape] of Object.entries(model.writes)) {
      this.state.get(name)?.current.dispose();
      this.state.set(name, { shape, current: results[`out:${name}`] as Tensor, producer: session });
    }
  }

  private async release(id: number): Promise<void> {
    const program = this.programs.get(id);
    this.programs.delete(id);
    for (const { session } of program?.stages ?? []) {
      await this.rescue(session);
      await session.release();
    }
  }

  /** Moves state out of the GPU memory of a session that is about to go: a tensor that outlives its session crashes the process. */
  private async rescue(session: InferenceSession): Promise<void> {
    for (const [name, { shape, current, producer }] of this.state) {
      if (producer !== session) continue;
      const mover = await this.mover(shape);
      const moved = await mover.toDevice(await mover.toHost(current));
      current.dispose();
      this.state.set(name, { shape, current: moved });
    }
  }

  private async set(values: Arrays, shapes: Readonly<Record<string, Shape>>): Promise<void> {
    for (const [name, shape] of Object.entries(shapes)) {
      const given = new Tensor('float32', values[name]!.slice(), shape);
      const current = this.onDevice ? await (await this.mover(shape)).toDevice(given) : given;
      if (this.onDevice) this.state.get(name)?.current.dispose();
      this.state.set(name, { shape, current });
    }
  }

  private async get(names: readonly string[]): Promise<Record<string, Float32Array>> {
    const copies: Record<string, Float32Array> = {};
    for (const name of names) {
      const { current, shape } = this.entry(name);
      const onHost = this.onDevice ? await (await this.mover(shape)).toHost(current) : current;
      copies[name] = (onHost.data as Float32Array).slice();
    }
    return copies;
  }

  /** The copier for tensors of one shape. */
  private async mover(shape: Shape): Promise<Mover> {
    const key = shape.join('x');
    const made = this.movers.get(key) ?? (await createMover(this.options.device, shape));
    this.movers.set(key, made);
    return made;
  }

  private memory(): { tensors: number; bytes: number } {
    let tensors = 0;
    let bytes = 0;
    const add = (size: number) => {
      tensors++;
      bytes += 4 * size;
    };
    for (const { shape, spare } of this.state.values()) for (const _ of spare ? [0, 1] : [0]) add(sizeOf(shape));
    for (const { stages } of this.programs.values()) for (const { buffers } of stages) for (const set of buffers) for (const { all } of set.values()) add(all.length);
    return { tensors, bytes };
  }

  /** The entry of this shape; a program for another network may have left one of another. */
  private entryOf(name: string, shape: Shape): Entry | undefined {
    const entry = this.state.get(name);
    return entry && sameShape(entry.shape, shape) ? entry : undefined;
  }

  private entry(name: string): Entry {
    const entry = this.state.get(name);
    if (!entry) throw new BasinError('engine.state', `The engine holds no "${name}": set it before a step reads it`, { kind: 'bug', details: { name } });
    return entry;
  }
}

interface Target {
  readonly name: string;
  readonly size: number;
  readonly buffer: OutputBuffer;
}

/** The buffer of an output with room for `times` results. */
function reserve(buffers: Map<string, OutputBuffer>, name: string, shape: Shape, times: number): OutputBuffer {
  const size = sizeOf(shape);
  const existing = buffers.get(name);
  if (existing && existing.slots.length >= times) return existing;
  const all = new Float32Array(new SharedArrayBuffer(4 * size * times));
  const slots = Array.from({ length: times }, (_, i) => new Tensor('float32', all.subarray(i * size, (i + 1) * size), shape));
  const made = { all, slots };
  buffers.set(name, made);
  return made;
}
