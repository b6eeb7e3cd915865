import type { Arrays, Runner, Shape } from '../methods/types.ts';

/** How a step executes. */
export type EngineKind = 'compiled' | 'eager';
/** Where it executes: an ONNX Runtime provider for `compiled`, a tfjs backend for `eager`. */
export type Device = 'cpu' | 'webgpu' | 'cuda' | 'coreml' | 'dml' | 'tensorflow' | 'wasm';

export interface EngineId {
  readonly engine: EngineKind;
  readonly device: Device;
}

/** Every engine Basin knows, in the order in which `auto` and `doctor` try them. */
export const ENGINES: readonly EngineId[] = [
  { engine: 'compiled', device: 'cuda' },
  { engine: 'compiled', device: 'webgpu' },
  { engine: 'compiled', device: 'coreml' },
  { engine: 'compiled', device: 'dml' },
  { engine: 'compiled', device: 'cpu' },
  { engine: 'eager', device: 'tensorflow' },
  { engine: 'eager', device: 'wasm' },
  { engine: 'eager', device: 'cpu' },
];

/**
 * Something that runs steps. It owns the state (parameters, moments, scratch) between calls; state names are one
 * namespace for the whole engine.
 */
export interface Engine extends Runner {
  readonly id: EngineId;
  /** Creates or replaces state entries. */
  setState(values: Arrays, shapes: Readonly<Record<string, Shape>>): Promise<void>;
  /** Copies of state entries. @throws BasinError `engine.state` for a name that does not exist. */
  getState(names: readonly string[]): Promise<Record<string, Float32Array>>;
  /** Live tensors and their bytes on the engine's side; flat from iteration to iteration. */
  memory(): Promise<{ readonly tensors: number; readonly bytes: number }>;
  dispose(): Promise<void>;
}

export interface EngineOptions {
  /** Threads inside one op; 0 lets the runtime choose. */
  readonly threads?: number;
  /** Whether a second thread must bring much to be taken: processors are wanted by others too, the window that shows the run first of all. */
  readonly sparing?: boolean;
}
