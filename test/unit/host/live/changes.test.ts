import { describe, expect, it } from 'vitest';
import { hasEnded } from '../../../../src-main/host/live/changes.ts';

describe('a run has ended', () => {
  const since = 1000;
  it.each([
    ['that was training', { status: 'running', endedAt: null }, { status: 'finished', endedAt: 2000 }, true],
    ['that was stopped while it trained', { status: 'running', endedAt: null }, { status: 'stopped', endedAt: 2000 }, true],
    ['that began and ended between two looks', { status: 'queued', endedAt: null }, { status: 'failed', endedAt: 2000 }, true],
    ['that went on elsewhere and ended again', { status: 'stopped', endedAt: 500 }, { status: 'interrupted', endedAt: 2000 }, true],
    ['that is new and ended already', undefined, { status: 'diverged', endedAt: 2000 }, true],
  ] as const)('%s', (_what, known, now, ended) => expect(hasEnded(known, now, since)).toBe(ended));

  it.each([
    ['it trains', { status: 'queued', endedAt: null }, { status: 'running', endedAt: null }],
    ['it was taken out of the queue', { status: 'queued', endedAt: null }, { status: 'stopped', endedAt: 2000 }],
    ['it was renamed', { status: 'finished', endedAt: 500 }, { status: 'finished', endedAt: 500 }],
    ['it was restored after it was deleted', undefined, { status: 'finished', endedAt: 500 }],
    ['it was imported', undefined, { status: 'stopped', endedAt: 2000 }],
  ] as const)('not when %s', (_what, known, now) => expect(hasEnded(known, now, since)).toBe(false));
});
