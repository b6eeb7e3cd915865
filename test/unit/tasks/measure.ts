import { resolveConfig } from '../../../src-main/contract/settings.ts';
import { openTask } from '../../../src-main/tasks/index.ts';
import { createRng } from '../../../src-main/tasks/rng.ts';
import type { Difficulty, Task } from '../../../src-main/tasks/types.ts';

export const open = (task: string, rank: number): Task => openTask(resolveConfig({ task, rank }));

export const meanSquare = (a: Float32Array, b?: Float32Array): number => a.reduce((sum, value, i) => sum + (value - (b?.[i] ?? 0)) ** 2, 0) / a.length;

/** Mean squared error of each reference of a task on fresh problems. */
export function referenceErrors(task: Task, difficulty: Difficulty, rows: number): Record<string, number> {
  const { x, y } = task.sample(createRng(1, 'test'), rows, difficulty, 'test');
  return Object.fromEntries(task.references(5).map((reference) => [reference.name, meanSquare(reference.predict(x, rows), y)]));
}
