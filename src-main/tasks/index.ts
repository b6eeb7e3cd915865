import type { RunConfig } from '../contract/config.ts';
import { addition } from './addition.ts';
import { dataset } from './dataset.ts';
import { inverse } from './inverse.ts';
import { lowrank } from './lowrank.ts';
import type { Task } from './types.ts';

const TASKS: Readonly<Record<RunConfig['task'], (config: RunConfig) => Task>> = { addition, lowrank, inverse, dataset };

/**
 * The problems of a run. For `dataset` this reads and checks the whole file.
 *
 * @throws BasinError for `dataset`, as `dataset` says.
 */
export const openTask = (config: RunConfig): Task => TASKS[config.task](config);
