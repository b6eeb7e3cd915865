import { z } from '../zod.ts';
import { anyNumber, bytes, changes, engineId } from './shapes.ts';

/** What a person sets for all runs, kept in the store so that window, browser and restart agree. */
export const preferences = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  /** Runs that train at the same time; the others wait. */
  concurrency: z.number().int().min(1).max(64),
  /** Digits in tables, and the sign that separates thousands. */
  digits: z.number().int().min(2).max(8),
  thousands: z.enum(['comma', 'space', 'none']),
  notifications: z.boolean(),
  /** Whether the welcome was answered. */
  welcomed: z.boolean(),
});
export type Preferences = z.infer<typeof preferences>;

/** A piece of remembered layout (columns, sizes, filters) by a key of the page that owns it; at most 64 KiB of JSON each. */
export const layoutKey = z.string().regex(/^[a-z][a-z0-9.-]{0,63}$/);

export const engineReport = z.strictObject({
  id: engineId,
  usable: z.boolean(),
  reason: z.string().optional(),
  hint: z.string().optional(),
  relativeError: z.number().optional(),
  training: z.strictObject({ ms: z.number(), atLeast: z.boolean() }).optional(),
  reasoning: z.strictObject({ ms: z.number(), atLeast: z.boolean() }).optional(),
  versions: z.record(z.string(), z.string()),
});
export type EngineReport = z.infer<typeof engineReport>;

/** What the machine is doing; null where it cannot be read here. Shares are 0 … 1. */
export const machineLoad = z.strictObject({
  cpu: z.number().nullable(),
  memoryUsed: z.number().nullable(),
  memoryTotal: z.number().nullable(),
  gpu: z.strictObject({ name: z.string(), utilisation: anyNumber.nullable(), memoryUsed: anyNumber.nullable(), memoryTotal: anyNumber.nullable() }).nullable(),
});
export type MachineLoad = z.infer<typeof machineLoad>;

export const appRequests = {
  'app.info': {
    input: z.strictObject({}),
    output: z.strictObject({ version: z.string(), host: z.enum(['electron', 'web', 'test']), platform: z.string(), folder: z.string(), processors: z.number(), preferences, layout: z.record(z.string(), z.unknown()) }),
  },
  'app.prefer': { input: preferences.partial(), output: z.strictObject({ preferences }) },
  /** Remembers a piece of layout; null forgets it. */
  'app.layout': { input: z.strictObject({ key: layoutKey, value: z.unknown() }), output: z.strictObject({}) },
  /** Saves bytes under a name that the person chooses (desktop), or answers `saved: false`: then the page offers a download. */
  'app.save': { input: z.strictObject({ filename: z.string().min(1).max(255), content: bytes }), output: z.strictObject({ saved: z.boolean(), path: z.string().optional() }) },
  /** Shows the data folder in the system's file manager (desktop); elsewhere it is refused. */
  'app.reveal': { input: z.strictObject({}), output: z.strictObject({}) },
  /** What the data folder holds: bytes of the database, of checkpoint files (one that runs share once) and of backups; runs listed, and deleted ones that still take space. */
  'app.storage': { input: z.strictObject({}), output: z.strictObject({ database: z.number(), checkpoints: z.number(), backups: z.number(), runs: z.number(), deleted: z.number() }) },
  /** Which runs this client wants to hear live; replaces the list it gave before. */
  'live.follow': { input: z.strictObject({ runs: z.array(z.number().int().min(1)).max(64) }), output: z.strictObject({}) },
  /** Tries every engine on a run's shape; `engines.progress` tells of each. Slow: up to a minute an engine. */
  'engines.examine': { input: z.strictObject({ changes }), output: z.strictObject({ reports: z.array(engineReport), fastest: engineId.nullable() }) },
  /** What was found before for this shape, without trying anything. */
  'engines.known': { input: z.strictObject({ changes }), output: z.strictObject({ reports: z.array(engineReport) }) },
} as const;
