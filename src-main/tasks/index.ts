import type { RunConfig } from '../contract/config.ts';
import { addition, additionInThePlane } from './addition.ts';
import { dataset } from './dataset.ts';
import { identity, negate, parity, sort } from './elementwise.ts';
import { det, eigen, lu, qr } from './factorisations.ts';
import { connected } from './graph/connected.ts';
import { edgeCopy } from './graph/edge-copy.ts';
import { shortestPath } from './graph/shortest-path.ts';
import { inverse } from './inverse.ts';
import { lowrank } from './lowrank.ts';
import { equation, square } from './products.ts';
import { shortestPathMatrix } from './shortest-path-matrix.ts';
import type { Task } from './types.ts';

const TASKS: Readonly<Record<RunConfig['task'], (config: RunConfig) => Task>> = {
  addition,
  lowrank,
  inverse,
  dataset,
  identity,
  negate,
  square,
  det,
  lu,
  qr,
  sort,
  eigen,
  equation,
  'shortest-path-matrix': shortestPathMatrix,
  parity,
  'addition-2d': additionInThePlane,
  'edge-copy': edgeCopy,
  connected,
  'shortest-path': shortestPath,
};

/**
 * The problems of a run. For `dataset` this reads and checks the whole file.
 *
 * @throws BasinError for `dataset`, as `dataset` says.
 */
export const openTask = (config: RunConfig): Task => TASKS[config.task](config);
