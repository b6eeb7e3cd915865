import { createCompiledEngine } from './compiled/engine.ts';
import type { Engine, EngineId, EngineOptions } from './types.ts';

/**
 * Starts an engine.
 *
 * @throws BasinError `engine.unavailable` when it cannot run on this machine; details: reason, hint.
 */
export async function createEngine(id: EngineId, options: EngineOptions = {}): Promise<Engine> {
  if (id.engine === 'compiled') return createCompiledEngine(id.device, options);
  // Loaded only when chosen: tfjs's native and WebAssembly backends are large.
  const { createEagerEngine } = await import('./eager/engine.ts');
  return createEagerEngine(id.device as 'tensorflow' | 'wasm' | 'cpu');
}
