import type { RunStatus } from '../../../../src-main/contract/events.ts';
import type { ProbeCurve } from '../../../../src-main/contract/api/series.ts';
import type { TrivialReference } from '../../../../src-main/contract/api/shapes.ts';

/** What the guide goes by: facts of the run, never a clock. */
export interface GuideFacts {
  readonly status: RunStatus;
  readonly iteration: number;
  readonly hasEnergy: boolean;
  /** Newest probe of the problems as in training. */
  readonly probe: Pick<ProbeCurve, 'meanErrors' | 'meanEnergies' | 'steps'> | undefined;
  readonly references: readonly TrivialReference[];
  /** Whether a replayed row's loss has been recorded. */
  readonly replayed: boolean;
}

/** One explanation, beside what it is about. */
export interface GuideStep {
  readonly id: 'waiting' | 'energy' | 'error' | 'crossed' | 'replay' | 'finished' | 'ended';
  readonly title: string;
  readonly text: string;
  /** What it points at. */
  readonly about: 'energy' | 'error' | 'loss' | 'next' | 'none';
}

const STEPS: Readonly<Record<GuideStep['id'], GuideStep>> = {
  waiting: { id: 'waiting', title: 'It is starting', text: 'A process of its own chooses the fastest engine of this machine and begins. Within seconds a few fixed problems are solved for the first time, and two curves appear.', about: 'none' },
  energy: { id: 'energy', title: 'Energy falls step by step', text: 'Left: each reasoning step moves the answer downhill on the learned energy E(x, y). The line is the mean over fixed problems, the band their standard deviation; faint lines are earlier probes.', about: 'energy' },
  error: { id: 'error', title: 'Does downhill mean right?', text: 'Right: how far the answers are from the exact ones after each step. The dashed lines are answers that need no learning. The curve has to come below them to be worth anything.', about: 'error' },
  crossed: { id: 'crossed', title: 'Better than predicting 0', text: 'The error has crossed a trivial line: walking downhill now leads towards the right answers. The lighter curve is problems harder than any it was trained on.', about: 'error' },
  replay: { id: 'replay', title: 'Replayed rows', text: 'Below, the dashed loss belongs to rows that restarted from stored answers instead of from noise: that practice keeps walks good that are longer than the training’s.', about: 'loss' },
  finished: { id: 'finished', title: 'Finished: what to try next', text: 'Evaluate it beside trivial answers on thousands of fresh problems, look at what it practised on in the replay buffer, or fork it with another step size λ.', about: 'next' },
  ended: { id: 'ended', title: 'It ended before its time', text: 'The line above says why, and what was kept. A fork goes on from a checkpoint with other settings.', about: 'next' },
};

/** Error after the last step of the newest probe, beside predicting 0; whether it is better. */
export function beatsZero({ probe, references }: Pick<GuideFacts, 'probe' | 'references'>): boolean {
  const zero = references.find(({ difficulty, name }) => difficulty === 'same' && name === 'zero');
  const error = probe?.meanErrors.at(-1);
  return zero !== undefined && error !== undefined && error < zero.error;
}

/**
 * Every explanation whose time has come, in the order of the story; the last one is the newest.
 * Later facts never take an earlier explanation back.
 */
export function reached(facts: GuideFacts): readonly GuideStep[] {
  const ids: GuideStep['id'][] = ['waiting'];
  if (facts.probe) {
    if (facts.hasEnergy) ids.push('energy');
    ids.push('error');
    if (beatsZero(facts)) ids.push('crossed');
  }
  if (facts.replayed) ids.push('replay');
  if (facts.status === 'finished') ids.push('finished');
  else if (!['running', 'queued'].includes(facts.status)) ids.push('ended');
  return ids.map((id) => STEPS[id]);
}
