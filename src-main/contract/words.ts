import { isGraph, type RunConfig } from './config.ts';

/** A task with the size of its problems: "addition 20", "shortest-path 10", "dataset". */
export function sizedTask({ task, rank, nodes }: Pick<RunConfig, 'task' | 'rank' | 'nodes'>): string {
  return task === 'dataset' ? task : `${task} ${isGraph(task) ? nodes : rank}`;
}

/** What decides the shapes of a network, in words. */
export function networkText({ task, rank, hidden, depth }: Pick<RunConfig, 'task' | 'rank' | 'hidden' | 'depth'>): string {
  return isGraph(task) ? `task ${task}` : `task ${task}, rank ${rank}, hidden ${hidden}, depth ${depth}`;
}
