import { runs } from './001-runs.ts';
import { probesAndReplay } from './002-probes-and-replay.ts';
import { workbench } from './003-workbench.ts';
import { evaluations } from './004-evaluations.ts';
import { identity } from './005-identity.ts';
import { energyBefore } from './006-energy-before.ts';
import { extremesPlaces } from './007-extremes-places.ts';
import type { Migration } from './types.ts';

/** Every migration in order. */
export const MIGRATIONS: readonly Migration[] = [runs, probesAndReplay, workbench, evaluations, identity, energyBefore, extremesPlaces];
