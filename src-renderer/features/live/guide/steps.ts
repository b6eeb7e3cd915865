import type { RunStatus } from '../../../../src-main/contract/events.ts';
import type { ProbeCurve } from '../../../../src-main/contract/api/series.ts';
import type { TrivialReference } from '../../../../src-main/contract/api/shapes.ts';

/** What the guide goes by: facts of the run. */
export interface GuideFacts {
  readonly status: RunStatus;
  readonly hasEnergy: boolean;
  /** Newest probe of the problems as in training. */
  readonly probe: Pick<ProbeCurve, 'meanErrors'> | undefined;
  readonly references: readonly TrivialReference[];
  /** Whether a replayed row's loss has been recorded. */
  readonly replayed: boolean;
}

/** One explanation, and the chart that it is about. */
export interface GuideStep {
  readonly id: 'waiting' | 'energy' | 'error' | 'replay' | 'finished' | 'ended';
  readonly title: string;
  readonly text: string;
  readonly about?: 'energy' | 'error' | 'loss';
}

const WAITING: GuideStep = { id: 'waiting', title: 'It is starting', text: 'A process of its own picks the fastest engine of this machine and begins. Within seconds a few fixed problems are solved for the first time, and two curves appear.' };
const ENERGY: GuideStep = { id: 'energy', title: 'Energy falls step by step', text: 'Each reasoning step moves the answer downhill on the learned energy E(x, y). The line is the mean over fixed problems, the band their standard deviation; faint lines are earlier probes.', about: 'energy' };
const ERROR: GuideStep = { id: 'error', title: 'Does downhill mean right?', text: 'How far the answers are from the exact ones after each step. Dashed lines are answers that need no learning: a curve has to come below them to be worth anything.', about: 'error' };
const CROSSED: GuideStep = { id: 'error', title: 'Downhill now means right', text: 'The error has come below “predict 0”, an answer that needs no learning. The lighter curve is problems harder than any it was trained on; a line still below the curve is still to be beaten.', about: 'error' };
const REPLAY: GuideStep = { id: 'replay', title: 'Replayed rows', text: 'The dashed loss, further down, is of rows that restart from stored answers instead of from noise. That practice keeps walks good that are longer than the training’s.', about: 'loss' };
const FINISHED: GuideStep = { id: 'finished', title: 'Finished: what to try next', text: 'Test it on thousands of fresh problems, look at what it practised on, or fork it with another step size λ.' };
const ENDED: GuideStep = { id: 'ended', title: 'It ended before its time', text: 'The line above says why and what was kept. A fork goes on from a checkpoint with other settings.' };

/** Whether the error after the last step of the newest probe is below that of predicting 0 on the same problems. */
export function beatsZero({ probe, references }: Pick<GuideFacts, 'probe' | 'references'>): boolean {
  const zero = references.find(({ difficulty, name }) => difficulty === 'same' && name === 'zero');
  const error = probe?.meanErrors.at(-1);
  return zero !== undefined && error !== undefined && error < zero.error;
}

/** Explanations whose time has come, in the order of the story. */
export function reached(facts: GuideFacts): readonly GuideStep[] {
  const steps = [WAITING];
  if (facts.probe) {
    if (facts.hasEnergy) steps.push(ENERGY);
    steps.push(beatsZero(facts) ? CROSSED : ERROR);
    if (facts.replayed) steps.push(REPLAY);
  }
  if (facts.status === 'finished') steps.push(FINISHED);
  else if (facts.status !== 'running' && facts.status !== 'queued') steps.push(ENDED);
  return steps;
}

/** An explanation stays as long as it takes to read. */
const READ_MS = 9000;

/**
 * Which explanation to show next. Facts may come faster than they can be read: one at a time, each for as long as it takes to read.
 * Nothing is read while it starts, and a run that ended early is told at once.
 *
 * @param shownMs how long the present one has been shown
 */
export function onward(steps: readonly GuideStep[], place: number, shownMs: number): number {
  if (steps.at(-1)?.id === 'ended') return steps.length - 1;
  if (place >= steps.length - 1) return Math.min(place, steps.length - 1);
  return steps[place]?.id === 'waiting' || shownMs >= READ_MS ? place + 1 : place;
}
