import type { Arrays, Program, Stage } from '../../methods/types.ts';
import { checkFeeds } from '../feeds.ts';
import { multiplications } from './graph.ts';
import { lower } from './lower.ts';
import { encodeOnnx } from './onnx.ts';
import type { RuntimeRequest, Schedule, Unit } from './protocol.ts';
import { trace, type Part } from './trace.ts';

/** Sends a request to the runtime thread. */
export type Ask = <T = void>(request: RuntimeRequest) => Promise<T>;

/** A program whose usual run has at most so many steps is one graph. */
const WHOLE = 24;
/** Repetitions that one graph holds otherwise. Each run of a graph copies its outputs once more than needed (onnxruntime-node makes new arrays of them), and costs some 20 µs. */
const BLOCK = 10;

/** Records, simplifies and lowers parts; pure, so that tests can look at what would run. */
export function compile(parts: readonly Part[], forgotten?: ReadonlySet<string>): Unit {
  const { graph, inputs, writes } = trace(parts, forgotten);
  const name = parts.map(({ step, times }) => (times === 1 ? step.name : `${step.name} × ${times}`)).join(', then ');
  const { model, used } = lower(graph, name);
  const entries = new Set(parts.flatMap(({ step }) => [...Object.keys(step.state), ...Object.keys(step.scratch ?? {})]));
  const shapes = Object.entries(graph.outputs).map(([output, { shape }]) => [output, shape] as const);
  return {
    name,
    onnx: encodeOnnx(model),
    multiplications: multiplications(graph),
    inputs: Object.fromEntries(Object.entries(inputs).filter(([input]) => used.has(input))),
    advancing: parts.flatMap(({ sliced }) => sliced).filter((input) => used.has(input)),
    scratch: parts.flatMap(({ step }) => Object.keys(step.scratch ?? {})),
    reads: [...entries].filter((entry) => used.has(entry)),
    writes: Object.fromEntries(shapes.filter(([output]) => writes.includes(output))),
    outputs: Object.fromEntries(shapes.filter(([output]) => !writes.includes(output))),
  };
}

/** Stages as graphs, made when a number of repetitions first needs them. */
export class CompiledProgram implements Program {
  private readonly ask: Ask;
  private readonly id: number;
  private readonly stages: readonly Stage[];
  private readonly units = new Map<string, Promise<number>>();
  private readonly usual: number | undefined;

  /** @param usual repetitions of most runs; they run as one graph if that is not too large */
  constructor(ask: Ask, id: number, stages: readonly Stage[], usual: number | undefined) {
    this.ask = ask;
    this.id = id;
    this.stages = stages;
    this.usual = usual;
  }

  /** Makes what most runs need before the first one, so that a step that cannot be compiled is refused here. */
  async make(): Promise<void> {
    await this.schedule(this.usual ?? BLOCK);
  }

  async run(feeds: Arrays, times = 1): Promise<Arrays> {
    const checked = checkFeeds(this.stages, feeds, times);
    return this.ask<Arrays>({ type: 'run', program: this.id, feeds: checked, schedule: await this.schedule(times) });
  }

  dispose(): Promise<void> {
    return this.ask({ type: 'release', program: this.id });
  }

  /** What a run of so many repetitions consists of; graphs that are not there yet are made. */
  private async schedule(times: number): Promise<Schedule> {
    if (times === this.usual && times + this.stages.length <= WHOLE) return [{ unit: await this.whole(times), runs: 1 }];
    const schedule = [];
    for (const [i, stage] of this.stages.entries()) {
      const repetitions = stage.repeated ? times : 1;
      const blocks = Math.floor(repetitions / BLOCK);
      if (blocks > 0) schedule.push({ unit: await this.part(i, stage, BLOCK), runs: blocks });
      if (repetitions > blocks * BLOCK) schedule.push({ unit: await this.part(i, stage, 1), runs: repetitions - blocks * BLOCK });
    }
    return schedule;
  }

  private whole(times: number): Promise<number> {
    const scratch = new Set(this.stages.flatMap(({ step }) => Object.keys(step.scratch ?? {})));
    return this.unit('whole', () => compile(this.stages.map((stage) => partOf(stage, stage.repeated ? times : 1)), scratch));
  }

  private part(index: number, stage: Stage, times: number): Promise<number> {
    return this.unit(`${index} × ${times}`, () => compile([partOf(stage, times)]));
  }

  private unit(key: string, make: () => Unit): Promise<number> {
    const existing = this.units.get(key);
    if (existing) return existing;
    const index = this.units.size;
    const loaded = (async () => {
      await this.ask({ type: 'load', program: this.id, unit: index, model: make() });
      return index;
    })();
    this.units.set(key, loaded);
    return loaded;
  }
}

const partOf = ({ step, repeated = false, perRepetition = [] }: Stage, times: number): Part => ({ step, times, stacked: repeated, sliced: perRepetition });

