import { InferenceSession, Tensor } from 'onnxruntime-node';
import { BasinError } from '../../contract/errors.ts';
import type { Arrays, Shape } from '../../methods/types.ts';
import { createMover, type Mover } from './device-memory.ts';
import { sameShape, sizeOf } from './graph.ts';
import type { RuntimeOptions, RuntimeRequest, Schedule, Unit } from './protocol.ts';

/** A state entry: the tensor in force, and on the CPU a second one that the next update is written into. */
interface Entry {
  readonly shape: Shape;
  current: Tensor;
  spare?: Tensor;
  /** On a GPU, the session whose memory `current` is. */
  readonly producer?: InferenceSession;
}

/** Memory that one output is written into: the results of all runs in a call, one after another. */
interface OutputBuffer {
  readonly all: Float32Array;
  /** Tensors over parts of it, by where they begin and end. */
  readonly parts: Map<string, Tensor>;
}

interface LoadedUnit {
  readonly model: Unit;
  readonly session: InferenceSession;
}

interface LoadedProgram {
  readonly units: LoadedUnit[];
  /** Entries that only this program knows. */
  readonly scratch: Map<string, Entry>;
  /** Two sets used in turn, so that a caller may read one while the next run fills the other. */
  readonly buffers: readonly [Map<string, OutputBuffer>, Map<string, OutputBuffer>];
  turn: 0 | 1;
}

/** One call: what it was given, how far each input and output has come. */
interface Call {
  readonly program: LoadedProgram;
  readonly feeds: Arrays;
  readonly read: Map<string, number>;
  readonly outputs: Map<string, { readonly buffer: OutputBuffer; length: number }>;
}

/** Multiplications of a model under which one thread is faster than two. */
const SMALL = 2_000_000;
/**
 * … under which it is not worth a processor that others want. At the size of the quick preset (56 million) two threads take 4.4 to 5.1 ms
 * an iteration where one takes 5.9 to 6.1, as long as they have both of two cores; an open live view slowed two by 53 % where it slowed one by 14 %.
 */
const SMALL_BESIDE_OTHERS = 64_000_000;

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
      case 'load':
        return this.load(request.program, request.unit, request.model);
      case 'run':
        return this.run(request.program, request.feeds, request.schedule);
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

  private async load(id: number, unit: number, model: Unit): Promise<void> {
    const session = await InferenceSession.create(model.onnx, {
      executionProviders: [this.options.device],
      // A second thread costs more than it brings where a model is this small (measured: one row of the release-size network).
      intraOpNumThreads: this.options.threads || (model.multiplications < (this.options.sparing ? SMALL_BESIDE_OTHERS : SMALL) ? 1 : 0),
      // Memory patterns cost 100 MB at release size and gain nothing.
      enableMemPattern: false,
      // Each session has threads of its own. They must not go on spinning when their run is over: the next run is another
      // session's, and would find the cores taken (measured at release size on 2 cores: 203 ms an iteration, 118 with this).
      extra: { session: { force_spinning_stop: '1' } },
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
      ...(this.onDevice ? { preferredOutputLocation: Object.fromEntries(Object.keys(model.writes).map((name) => [`out:${name}`, 'gpu-buffer' as const])) } : {}),
    });
    const program = this.programs.get(id) ?? { units: [], scratch: new Map(), buffers: [new Map(), new Map()], turn: 0 };
    program.units[unit] = { model, session };
    this.programs.set(id, program);
  }

  private async run(id: number, feeds: Arrays, schedule: Schedule): Promise<Arrays> {
    const program = this.programs.get(id)!;
    program.turn = program.turn === 0 ? 1 : 0;
    const call: Call = { program, feeds, read: new Map(), outputs: reserve(program.buffers[program.turn], lengths(program, schedule)) };
    for (const { unit, runs } of schedule) for (let i = 0; i < runs; i++) await this.runUnit(program.units[unit]!, call);
    return Object.fromEntries([...call.outputs].map(([name, { buffer, length }]) => [name, buffer.all.subarray(0, length)]));
  }

  private async runUnit({ model, session }: LoadedUnit, call: Call): Promise<void> {
    const fed: Record<string, Tensor> = {};
    for (const [name, shape] of Object.entries(model.inputs)) {
      const from = call.read.get(name) ?? 0;
      const size = sizeOf(shape);
      fed[name] = new Tensor('float32', call.feeds[name]!.subarray(from, from + size), shape);
      if (model.advancing.includes(name)) call.read.set(name, from + size);
    }
    for (const name of model.reads) fed[name] = entryIn(this.entriesOf(name, model, call.program), name).current;
    await (this.onDevice ? this.runOnDevice(model, session, fed, call) : this.runInPlace(model, session, fed, call));
  }

  /** Results are written where they belong: entries into their spare tensors, outputs into shared memory. */
  private async runInPlace(model: Unit, session: InferenceSession, fed: Record<string, Tensor>, call: Call): Promise<void> {
    const fetches: Record<string, Tensor> = {};
    for (const [name, shape] of Object.entries(model.outputs)) fetches[`out:${name}`] = nextPart(call, name, shape);
    const spares: Record<string, Tensor> = {};
    for (const [name, shape] of Object.entries(model.writes)) {
      // Never the tensor that is being read: an output that aliases an input is corrupt.
      spares[name] = ofShape(this.entriesOf(name, model, call.program).get(name), shape)?.spare ?? new Tensor('float32', new Float32Array(sizeOf(shape)), shape);
      fetches[`out:${name}`] = spares[name];
    }
    await session.run(fed, fetches);
    for (const [name, shape] of Object.entries(model.writes)) {
      const entries = this.entriesOf(name, model, call.program);
      const entry = ofShape(entries.get(name), shape);
      if (entry) [entry.spare, entry.current] = [entry.current, spares[name]!];
      else entries.set(name, { shape, current: spares[name]! });
    }
  }

  /** Entries stay in GPU buffers; only the outputs come to the host. */
  private async runOnDevice(model: Unit, session: InferenceSession, fed: Record<string, Tensor>, call: Call): Promise<void> {
    const results = await session.run(fed, [...Object.keys(model.writes), ...Object.keys(model.outputs)].map((name) => `out:${name}`));
    for (const [name, shape] of Object.entries(model.outputs)) (nextPart(call, name, shape).data as Float32Array).set(results[`out:${name}`]!.data as Float32Array);
    for (const [name, shape] of Object.entries(model.writes)) {
      const entries = this.entriesOf(name, model, call.program);
      entries.get(name)?.current.dispose();
      entries.set(name, { shape, current: results[`out:${name}`] as Tensor, producer: session });
    }
  }

  private entriesOf(name: string, { scratch }: Unit, program: LoadedProgram): Map<string, Entry> {
    return scratch.includes(name) ? program.scratch : this.state;
  }

  private async release(id: number): Promise<void> {
    const program = this.programs.get(id);
    this.programs.delete(id);
    if (this.onDevice) for (const { current } of program?.scratch.values() ?? []) current.dispose();
    for (const { session } of program?.units ?? []) {
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
      const { current, shape } = entryIn(this.state, name);
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
    const addAll = (entries: Map<string, Entry>) => {
      for (const { shape, spare } of entries.values()) for (const _ of spare ? [0, 1] : [0]) add(sizeOf(shape));
    };
    addAll(this.state);
    for (const { scratch, buffers } of this.programs.values()) {
      addAll(scratch);
      for (const set of buffers) for (const { all } of set.values()) add(all.length);
    }
    return { tensors, bytes };
  }
}

function entryIn(entries: Map<string, Entry>, name: string): Entry {
  const entry = entries.get(name);
  if (!entry) throw new BasinError('engine.state', `The engine holds no "${name}": set it before a step reads it`, { kind: 'bug', details: { name } });
  return entry;
}

const ofShape = (entry: Entry | undefined, shape: Shape): Entry | undefined => (entry && sameShape(entry.shape, shape) ? entry : undefined);

/** Numbers that a schedule returns under each name. */
function lengths({ units }: LoadedProgram, schedule: Schedule): Map<string, number> {
  const total = new Map<string, number>();
  for (const { unit, runs } of schedule) {
    for (const [name, shape] of Object.entries(units[unit]!.model.outputs)) total.set(name, (total.get(name) ?? 0) + runs * sizeOf(shape));
  }
  return total;
}

/** Outputs that begin empty, over buffers with enough room. */
function reserve(buffers: Map<string, OutputBuffer>, needed: Map<string, number>): Call['outputs'] {
  for (const [name, length] of needed) {
    if ((buffers.get(name)?.all.length ?? -1) < length) buffers.set(name, { all: new Float32Array(new SharedArrayBuffer(4 * length)), parts: new Map() });
  }
  return new Map([...needed.keys()].map((name) => [name, { buffer: buffers.get(name)!, length: 0 }]));
}

/** The tensor that the next result of an output goes into. */
function nextPart(call: Call, name: string, shape: Shape): Tensor {
  const output = call.outputs.get(name)!;
  const from = output.length;
  output.length += sizeOf(shape);
  const key = `${from}:${output.length}`;
  const part = output.buffer.parts.get(key) ?? new Tensor('float32', output.buffer.all.subarray(from, output.length), shape);
  output.buffer.parts.set(key, part);
  return part;
}
