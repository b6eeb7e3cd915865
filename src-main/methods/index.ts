import type { RunConfig } from '../contract/config.ts';
import { feedforward } from './feedforward.ts';
import { irem, LOG_STEP_SIZE } from './irem.ts';
import { iterativeFeedforward } from './iterative-feedforward.ts';
import { ponder } from './ponder.ts';
import { recurrent } from './recurrent.ts';
import type { Method } from './types.ts';

export { LOG_STEP_SIZE };

const METHODS_BY_NAME: Readonly<Record<RunConfig['method'], Method>> = { irem, feedforward, recurrent, ponder, 'iterative-feedforward': iterativeFeedforward };

/** The method of a configuration. */
export const methodFor = (name: RunConfig['method']): Method => METHODS_BY_NAME[name];
