import { GRAPH_TASKS } from './config.ts';

/*
 * What pages and lists must know of a task without opening it. Names that a store may hold stay known here.
 */

const WITHOUT_HARDER: readonly string[] = ['dataset', 'det', 'parity'];

/** Whether it has problems beyond the training distribution. */
export const taskHasHarder = (task: string): boolean => !WITHOUT_HARDER.includes(task);

/** Graphs: there are problems of any number of nodes. */
export const SIZED_TASKS: readonly string[] = GRAPH_TASKS;
/** Fewest and most nodes that a model is tested at. */
export const SIZES = [2, 100] as const;

/** Whether its models can be tested on problems of other sizes than in training. */
export const taskHasSizes = (task: string): boolean => SIZED_TASKS.includes(task);
