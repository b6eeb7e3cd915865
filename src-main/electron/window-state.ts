import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the window was; without a place where it was never moved. */
const windowState = z.object({
  x: z.number().int().optional(),
  y: z.number().int().optional(),
  width: z.number().int().min(200).max(100_000),
  height: z.number().int().min(200).max(100_000),
  maximised: z.boolean(),
});
export type WindowState = z.infer<typeof windowState>;

/** Smaller, the page's two charts are not both to be seen. */
export const LEAST = { width: 720, height: 500 } as const;
const FIRST: WindowState = { width: 1440, height: 900, maximised: false };
/** So much of the title bar must be on a display for a person to get hold of the window, px. */
const GRIP = { width: 120, height: 24 } as const;

const FILE = 'window.json';

/** The state that was kept in a data folder. One that is missing or damaged holds nothing worth keeping. */
export function readWindowState(folder: string): WindowState {
  try {
    return windowState.parse(JSON.parse(readFileSync(join(folder, FILE), 'utf8')));
  } catch {
    return FIRST;
  }
}

/** @throws Error where the folder cannot be written */
export function writeWindowState(folder: string, state: WindowState): void {
  const file = join(folder, FILE);
  writeFileSync(`${file}.tmp`, JSON.stringify(state));
  renameSync(`${file}.tmp`, file);
}

/**
 * Where a window goes: where it was if it can be got hold of there, no larger than its display; otherwise in the middle of
 * the first display (its own was unplugged).
 *
 * @param areas what displays leave for windows, the first display's first
 */
export function place(state: WindowState, areas: readonly Box[]): { readonly x?: number; readonly y?: number; readonly width: number; readonly height: number } {
  const { x, y } = state;
  const on = x !== undefined && y !== undefined ? areas.find((area) => isGraspable({ x, y, width: state.width, height: state.height }, area)) : undefined;
  const area = on ?? areas[0];
  if (!area) return { width: state.width, height: state.height };
  const width = Math.min(state.width, area.width);
  const height = Math.min(state.height, area.height);
  // The system puts a window without a place into the middle of the first display.
  return on ? { x: x!, y: y!, width, height } : { width, height };
}

function isGraspable(box: Box, area: Box): boolean {
  const across = Math.min(box.x + box.width, area.x + area.width) - Math.max(box.x, area.x);
  return across >= GRIP.width && box.y >= area.y && box.y + GRIP.height <= area.y + area.height;
}
