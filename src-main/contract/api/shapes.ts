import { z } from '../zod.ts';

/** Building blocks of the requests' schemas. */

/** A number as it is, NaN and infinities included: what was measured is passed on, never replaced. */
export const anyNumber = z.custom<number>((value) => typeof value === 'number', 'must be a number');
export const float64s = z.custom<Float64Array>((value) => value instanceof Float64Array, 'must be a Float64Array');
export const float32s = z.custom<Float32Array>((value) => value instanceof Float32Array, 'must be a Float32Array');
export const bytes = z.instanceof(Uint8Array);

export const runId = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
export const iteration = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
/** Runs of one request: enough for every run on a page, few enough to be refused when a client misbehaves. */
export const runIds = z.array(runId).min(1).max(10_000);
export const difficulty = z.enum(['same', 'harder']);
export const status = z.enum(['queued', 'running', 'stopped', 'finished', 'diverged', 'failed', 'interrupted']);
export const checkpointChoice = z.union([z.enum(['last', 'best']), iteration]);

/** An engine, as in `engine/types.ts`; `auto` lets Basin measure and choose. */
export const engineId = z.strictObject({ engine: z.enum(['compiled', 'eager']), device: z.enum(['cpu', 'webgpu', 'cuda', 'coreml', 'dml', 'tensorflow', 'wasm']) });
export type EngineId = z.infer<typeof engineId>;

/** Settings by name, as a form collects them; `resolveConfig` judges them. */
export const changes = z.record(z.string().max(64), z.union([anyNumber, z.string().max(4096), z.boolean()]));

/** A trivial answer's mean squared error on a run's probe problems. */
export const trivialReference = z.strictObject({ difficulty, name: z.string(), label: z.string(), error: anyNumber });
export type TrivialReference = z.infer<typeof trivialReference>;

export const errorData = z.object({
  name: z.string(),
  code: z.string(),
  kind: z.enum(['user', 'operational', 'bug']),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
  stack: z.string().optional(),
});
