import { describe, expect, it } from 'vitest';
import { replayedRows } from '../../../../src-main/contract/rows.ts';
import { resolveConfig, SETTINGS } from '../../../../src-main/contract/settings.ts';
import { applies } from '../../../../src-renderer/features/new-run/applies.ts';
import { describe as words } from '../../../../src-renderer/features/new-run/describe.ts';
import { chosenIteration, forkableTasks, lockedReason, parseChoice, parseSets } from '../../../../src-renderer/features/new-run/fork.ts';
import { startWords, wallTime } from '../../../../src-renderer/features/new-run/start-words.ts';

describe('a configuration in words', () => {
  it('says what the defaults do', () => {
    expect(words(resolveConfig({}))).toEqual({
      problem: 'Adds two 20 × 20 matrices',
      reasoning: '10 steps of λ = 100 from U(−1, 1), last-step backprop, 512 fresh + 512 replayed rows',
      training: '3 hidden layers of 512 units, Adam at 0.0001',
      extent: '10,000 iterations, a probe of 80 steps every 100, a checkpoint every 250',
    });
  });

  it('follows every setting that changes what happens', () => {
    const reasoning = (changes: Record<string, unknown>) => words(resolveConfig(changes)).reasoning;
    expect(reasoning({ steps: 1 })).toMatch(/^1 step of λ = 100 /);
    expect(reasoning({ steps_min: 3 })).toMatch(/^3 to 10 steps, drawn anew in each iteration, of λ/);
    expect(reasoning({ steps_min: 10 })).toMatch(/^10 steps of/);
    expect(reasoning({ method: 'recurrent' })).toBe('10 steps from U(−1, 1), 512 fresh + 512 replayed rows');
    expect(reasoning({ method: 'feedforward' })).toBe('One pass, 512 fresh + 512 replayed rows');
    expect(reasoning({ learnable_step_size: true })).toContain('a learned λ that starts at 100');
    expect(reasoning({ langevin_noise: 0.01 })).toContain('N(0, 0.01²) added to each');
    expect(reasoning({ backprop: 'full' })).toContain('backprop through all steps');
    expect(reasoning({ replay_fraction: 0 })).toMatch(/512 fresh rows, no replay$/);
    expect(reasoning({ replay_capacity: 0 })).toMatch(/no replay$/);
    expect(reasoning({ replay_capacity: 500 })).toContain('nothing is replayed');
    expect(words(resolveConfig({ accept_only_descent: true, gradient_clip: 2 })).training).toMatch(/clipped at 2; after training, a step that raises/);
    expect(words(resolveConfig({ task: 'dataset', data: '/a/b.npz', test_fraction: 0.125 })).problem).toBe('Learns y from x of b.npz; 12.5 % of its rows are kept for tests');
    expect(words(resolveConfig({ probe_every: 0, checkpoint_every: 0, iterations: 1 })).extent).toBe('1 iteration, no probes, one checkpoint at the end');
  });

  it('counts replayed rows as the trainer does', () => {
    for (const replay_fraction of [0.1, 0.25, 0.5, 0.9]) {
      const config = resolveConfig({ replay_fraction });
      expect(words(config).reasoning).toContain(`+ ${replayedRows(config).toLocaleString('en')} replayed rows`);
    }
  });
});

describe('the start button', () => {
  it.each([
    [1, 0, 1, 'Start run'],
    [3, 0, 4, 'Start 3 runs'],
    [1, 1, 1, 'Queue run'],
    [3, 5, 4, 'Queue 3 runs'],
    [3, 1, 2, 'Start 1 run, queue 2'],
  ])('%i runs beside %i active of %i: %s', (runs, active, concurrency, text) => expect(startWords({ runs, active, concurrency })).toBe(text));

  it('takes as many rounds as runs at once allow', () => {
    expect(wallTime(1000, { runs: 5, concurrency: 2 })).toBe(3000);
    expect(wallTime(1000, { runs: 1, concurrency: 4 })).toBe(1000);
  });
});

describe('which settings apply', () => {
  const state = (name: Parameters<typeof applies>[0], changes: Record<string, unknown>) => applies(name, { ...resolveConfig({}), ...changes }).state;

  it('knows every setting, and shows all that matter by default', () => {
    const shown = SETTINGS.filter(({ name }) => state(name, {}) === 'yes').map(({ name }) => name);
    expect(SETTINGS.map(({ name }) => name).filter((name) => !shown.includes(name))).toEqual(['nodes', 'nodes_harder', 'data', 'test_fraction', 'seed', 'recurrent_hidden', 'ponder_loss', 'ponder_beta', 'iterative_loss', 'decoder']);
  });

  it('shows what a method has, and hides what only another has', () => {
    expect(state('recurrent_hidden', { method: 'recurrent' })).toBe('yes');
    expect(state('hidden', { method: 'recurrent' })).toBe('hidden');
    expect(state('ponder_beta', { method: 'ponder' })).toBe('yes');
    expect(state('depth', { method: 'ponder' })).toBe('hidden');
    expect(state('iterative_loss', { method: 'iterative-feedforward' })).toBe('yes');
    expect(state('step_size', { method: 'feedforward' })).toBe('hidden');
    expect(state('steps', { method: 'feedforward' })).toBe('idle');
  });

  it('explains what has no effect', () => {
    expect(state('replay_capacity', { replay_fraction: 0 })).toBe('idle');
    expect(state('replay_fraction', { replay_capacity: 0 })).toBe('idle');
    expect(state('replay_store_every', { replay_capacity: 0 })).toBe('idle');
    expect(state('probe_steps', { probe_every: 0 })).toBe('idle');
    expect(state('rank', { task: 'dataset' })).toBe('hidden');
    expect(state('data', { task: 'dataset' })).toBe('yes');
  });
});

describe('a fork by address', () => {
  const checkpoints = [
    { iteration: 100, bytes: 1, best: false, error: 0.5, createdAt: 0 },
    { iteration: 200, bytes: 1, best: true, error: 0.1, createdAt: 0 },
    { iteration: 300, bytes: 1, best: false, error: 0.2, createdAt: 0 },
  ];

  it('names a checkpoint', () => {
    expect([undefined, 'last', 'best', '200', '-1', 'x'].map(parseChoice)).toEqual(['last', 'last', 'best', 200, undefined, undefined]);
    expect(chosenIteration('last', checkpoints)).toBe(300);
    expect(chosenIteration('best', checkpoints)).toBe(200);
    expect(chosenIteration(100, checkpoints)).toBe(100);
    expect(chosenIteration(150, checkpoints)).toBeUndefined();
    expect(chosenIteration('last', [])).toBeUndefined();
  });

  it('keeps the shape of the network', () => {
    const config = resolveConfig({ task: 'lowrank' });
    expect(['method', 'rank', 'hidden', 'depth'].every((name) => lockedReason(name as 'rank', config))).toBe(true);
    expect(lockedReason('task', config)).toBeUndefined();
    expect(forkableTasks('inverse')).toEqual(['lowrank', 'inverse', 'identity', 'negate', 'square', 'sort', 'shortest-path-matrix']);
    expect(forkableTasks('qr')).toEqual(['lu', 'qr']);
    expect(forkableTasks('det')).toEqual(['det']);
    expect(lockedReason('task', resolveConfig({}))).toMatch(/another size/);
    expect(lockedReason('step_size', config)).toBeUndefined();
  });

  it('brings changes along, and says which it does not know', () => {
    expect(parseSets(['step_size:50', 'data:C:\\x.npz', 'nonsense:1', 'steps'], ['step_size', 'data', 'steps'])).toEqual({ edits: { step_size: '50', data: 'C:\\x.npz' }, unknown: ['nonsense:1', 'steps'] });
  });
});
