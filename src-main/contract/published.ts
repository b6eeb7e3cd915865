import type { RunConfig } from './config.ts';

/*
 * Published errors (docs/method.md, Published numbers): element-wise mean squared error, problems as in training and harder. No other
 * numbers are known to us, and none is guessed.
 */

export interface PublishedErrors {
  readonly same?: number;
  readonly harder?: number;
}

/** Where the numbers of matrices at rank 20 come from. */
export const PUBLISHED_SOURCE = 'IREM (Du et al. 2022) as repeated in the paper on IRED (Du et al. 2024), rank 20';
/** Where the numbers of graphs come from. */
export const GRAPH_SOURCE = 'IREM (Du et al. 2022), 10 nodes and 15';
/** Where the numbers of nested addition come from. */
export const NESTED_SOURCE = 'IREM (Du et al. 2022), read off a plot, rank 20, after 9 compositions';

const MATRICES: Readonly<Record<string, PublishedErrors>> = {
  'feedforward addition': { same: 0.0448, harder: 0.7029 },
  'feedforward lowrank': { same: 0.0203, harder: 0.272 },
  'feedforward inverse': { same: 0.0112, harder: 0.215 },
  'recurrent addition': { same: 0.361, harder: 2.6133 },
  'recurrent lowrank': { same: 0.0266, harder: 0.3285 },
  'recurrent inverse': { same: 0.0109, harder: 0.2123 },
  'ponder addition': { same: 0.0111, harder: 0.3446 },
  'ponder lowrank': { same: 0.0203, harder: 0.2637 },
  'ponder inverse': { same: 0.0124, harder: 0.2209 },
  'irem addition': { same: 0.0003, harder: 0.0021 },
  'irem lowrank': { same: 0.0183, harder: 0.2074 },
  'irem inverse': { same: 0.0108, harder: 0.2083 },
};

const GRAPHS: Readonly<Record<string, PublishedErrors>> = {
  'irem shortest-path': { same: 0.027, harder: 0.0464 },
  'recurrent shortest-path': { same: 0.124, harder: 0.1083 },
  'feedforward shortest-path': { harder: 1.4089 },
};

/** Compositions after which errors of nested addition are known. */
export const NESTED_COMPOSITIONS = 9;
/** Mean squared error of the sum by then. */
export const PUBLISHED_NESTED: Readonly<Record<string, number>> = { irem: 0.045, ponder: 0.47, feedforward: 0.88, 'iterative-feedforward': 3.8, recurrent: 4.9 };

type What = Pick<RunConfig, 'method' | 'task' | 'rank' | 'nodes' | 'nodes_harder' | 'ponder_loss' | 'iterative_loss' | 'decoder'>;

/** What was published is the released form of a method: PonderNet proper, denoising and the edge-aware decoder have no published errors on these tasks. */
const asReleased = ({ method, ponder_loss, iterative_loss, decoder }: What): boolean => (method !== 'ponder' || ponder_loss === 'release') && (method !== 'iterative-feedforward' || iterative_loss === 'unrolled') && decoder === 'released';

/** @returns undefined where nothing was published for this method, task and size. */
export function publishedErrors(config: What): PublishedErrors | undefined {
  if (!asReleased(config)) return undefined;
  const key = `${config.method} ${config.task}`;
  if (config.rank === 20 && key in MATRICES) return MATRICES[key];
  return config.nodes === 10 && config.nodes_harder === 15 ? GRAPHS[key] : undefined;
}

/** Of nested addition after nine compositions. @returns undefined where nothing was published. */
export const publishedNested = (config: What): number | undefined => (config.rank === 20 && (config.method !== 'ponder' || config.ponder_loss === 'release') ? PUBLISHED_NESTED[config.method] : undefined);
