import type { RunDetails } from '../../../src-main/contract/api/runs.ts';
import { waitsToGoOn } from './data/actions.ts';

/** What a banner offers to do. */
export type BannerAction =
  | { readonly kind: 'resume'; readonly label: string }
  | { readonly kind: 'fork'; readonly label: string; readonly to: string }
  | { readonly kind: 'new'; readonly label: string; readonly to: string };

export interface Banner {
  readonly tone: 'bad' | 'warn' | 'info';
  readonly title: string;
  readonly text: string;
  readonly actions: readonly BannerAction[];
}

type Facts = Pick<RunDetails, 'run' | 'config' | 'divergence' | 'error' | 'checkpoints' | 'owner'>;
type Count = (value: number) => string;

const lastCheckpoint = ({ checkpoints }: Facts): number | undefined => (checkpoints.length === 0 ? undefined : Math.max(...checkpoints.map(({ iteration }) => iteration)));

/**
 * What a person should know of a run that is not simply going on or finished: what happened, what was kept, what to do.
 *
 * @param ahead runs in front of it in the queue
 */
export function bannerOf(facts: Facts, ahead: number, count: Count): Banner | undefined {
  const { run, owner } = facts;
  if (waitsToGoOn(run, owner)) return { tone: 'info', title: `Waiting to go on from iteration ${count(lastCheckpoint(facts) ?? 0)}`, text: 'It starts by itself as soon as a run that trains now has ended.', actions: [] };
  switch (run.status) {
    case 'diverged':
      return diverged(facts, count);
    case 'failed':
      return failed(facts, count);
    case 'interrupted':
      return interrupted(facts, count);
    case 'stopped':
      return stopped(facts, count);
    case 'queued':
      return { tone: 'info', title: ahead === 0 ? 'Waiting: it is the next to start' : `Waiting behind ${ahead === 1 ? '1 run' : `${ahead} runs`}`, text: 'It starts by itself as soon as a run that trains now has ended. How many train at once is set in Settings.', actions: [] };
    case 'running':
      return owner === 'elsewhere' ? { tone: 'info', title: 'Another process trains this run', text: 'It was started from a terminal or another Basin. What it stores is shown here with a second’s delay; stop it there.', actions: [] } : undefined;
    case 'finished':
      return undefined;
  }
}

function diverged({ run, config, divergence, checkpoints }: Facts, count: Count): Banner {
  const where = divergence?.iteration ?? run.iteration;
  const step = divergence && divergence.step >= 0 ? `, step ${divergence.step}` : '';
  const what = divergence ? `: ${divergence.quantity === 'gradient' ? 'the gradient' : divergence.quantity} stopped being finite` : '';
  const good = divergence?.checkpoint;
  const kept = good !== undefined && checkpoints.some(({ iteration }) => iteration === good);
  const title = `Diverged at iteration ${count(where)}${step}${what}`;
  if (!kept) {
    return {
      tone: 'bad',
      title,
      text: 'It had made no checkpoint by then. A smaller step size λ or learning rate often helps; its curves up to there are kept.',
      actions: [{ kind: 'new', label: 'New run with λ halved', to: newLike(run.id, { step_size: config.step_size / 2 }) }],
    };
  }
  return {
    tone: 'bad',
    title,
    text: `Last good checkpoint: iteration ${count(good)}. Its curves up to there are kept; with the same settings it would diverge again.`,
    actions: [
      { kind: 'fork', label: 'Fork from it with λ halved', to: forkLink(run.id, good, { step_size: config.step_size / 2 }) },
      { kind: 'fork', label: 'Fork with other settings', to: forkLink(run.id, good) },
    ],
  };
}

function failed(facts: Facts, count: Count): Banner {
  const last = lastCheckpoint(facts);
  return {
    tone: 'bad',
    title: `Failed at iteration ${count(facts.run.iteration)}`,
    text: `${facts.error?.message ?? 'Its process said no reason; the events may tell more.'}${last === undefined ? ' It had made no checkpoint.' : ` Kept: everything up to checkpoint ${count(last)}.`}`,
    actions: last === undefined ? [{ kind: 'resume', label: 'Start it again' }] : [{ kind: 'resume', label: `Resume from checkpoint ${count(last)}` }],
  };
}

function interrupted(facts: Facts, count: Count): Banner {
  const last = lastCheckpoint(facts);
  return {
    tone: 'warn',
    title: `Its process ended at iteration ${count(facts.run.iteration)} without saying why`,
    text: last === undefined ? 'It had made no checkpoint, so it starts from the beginning; its curves until then are kept.' : `Kept: its curves, and checkpoint ${count(last)}, from which it goes on as if nothing had happened.`,
    actions: [{ kind: 'resume', label: last === undefined ? 'Start it again' : `Resume from checkpoint ${count(last)}` }],
  };
}

function stopped(facts: Facts, count: Count): Banner {
  const { run } = facts;
  const last = lastCheckpoint(facts);
  if (run.startedAt === null && last === undefined) return { tone: 'info', title: 'Taken out of the queue by you', text: 'It had not begun to train; resuming puts it into the queue again.', actions: [] };
  return {
    tone: 'info',
    title: `Stopped at iteration ${count(run.iteration)} by you`,
    text: last === undefined ? 'It made no checkpoint.' : `Checkpoint ${count(last)} is kept: resuming continues as if it had not been stopped.`,
    // The header has the button.
    actions: [],
  };
}

/** The form of a fork, with changes filled in. */
export function forkLink(run: number, from: number | 'last' | 'best', changes: Readonly<Record<string, number | string>> = {}): string {
  return `/new?${query([['fork', String(run)], ['from', String(from)], ...sets(changes)])}`;
}

/** The form of a new run with another's settings, changes filled in. */
export const newLike = (run: number, changes: Readonly<Record<string, number | string>> = {}): string => `/new?${query([['like', String(run)], ...sets(changes)])}`;

const sets = (changes: Readonly<Record<string, number | string>>): [string, string][] => Object.entries(changes).map(([name, value]) => ['set', `${name}:${value}`]);
const query = (pairs: readonly (readonly [string, string])[]): string => pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
