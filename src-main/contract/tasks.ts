/*
 * What pages and lists must know of a task without opening it. Names that a store may hold stay known here.
 */

const WITHOUT_HARDER: readonly string[] = ['dataset', 'det', 'parity'];

/** Whether it has problems beyond the training distribution. */
export const taskHasHarder = (task: string): boolean => !WITHOUT_HARDER.includes(task);
