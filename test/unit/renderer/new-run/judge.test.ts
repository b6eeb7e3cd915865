import { describe, expect, it } from 'vitest';
import { resolveConfig, SETTINGS } from '../../../../src-main/contract/settings.ts';
import { baseConfig, changedNames, draftLike, edited, without, type Base } from '../../../../src-renderer/features/new-run/draft.ts';
import { judge, placeError, placeErrors } from '../../../../src-renderer/features/new-run/judge.ts';

const quick: Base = { kind: 'preset', preset: 'quick' };
const parent = (iteration: number): Base => ({ kind: 'parent', run: 3, name: 'addition-3', config: resolveConfig({ iterations: 1000 }, 'quick'), iteration });

describe('the form model', () => {
  it('sends nothing where nothing was changed', () => {
    expect(judge(quick, {})).toMatchObject({ changes: {}, changed: [], config: resolveConfig({}, 'quick') });
  });

  it('reads numbers as they are typed, and sends them by their own type', () => {
    const { changes, config } = judge(quick, { learning_rate: '5e-4', steps: ' 12 ', learnable_step_size: true, backprop: 'full' });
    expect(changes).toEqual({ learning_rate: 5e-4, steps: 12, learnable_step_size: true, backprop: 'full' });
    expect(config).toEqual(resolveConfig(changes, 'quick'));
  });

  it('drops an edit that says what the base says, however it is written', () => {
    const base = baseConfig(quick);
    expect(edited(base, {}, 'learning_rate', '0.001')).toEqual({});
    expect(edited(base, { steps: '12' }, 'steps', '10.0')).toEqual({});
    expect(edited(base, {}, 'steps', '1e')).toEqual({ steps: '1e' });
    expect(changedNames(base, { steps: '10', rank: '5' })).toEqual(['rank']);
    expect(without({ steps: '12', rank: '5' }, ['rank'])).toEqual({ steps: '12' });
  });

  it('puts every refusal at its field', () => {
    const { errors, config } = judge(quick, { steps: '0', learning_rate: '', rank: 'four' });
    expect(config).toBeUndefined();
    expect(Object.fromEntries(errors)).toEqual({
      steps: '0 is not allowed: Steps N must be a whole number from 1 to 1000',
      learning_rate: 'Learning rate must be a number from 1e-8 to 1',
      rank: '"four" is not allowed: Rank must be a whole number from 1 to 64',
    });
  });

  it('judges settings together', () => {
    expect(judge(quick, { steps_min: '11' }).errors.get('steps_min')).toBe('11 is not allowed: it must be at most steps = 10');
    expect(judge(quick, { task: 'dataset' }).errors.get('data')).toMatch(/^Give the path of a \.safetensors or \.npz file/);
  });

  it('keeps what does not apply in the form and out of the run', () => {
    const edits = { data: '/x/y.npz', rank: '5', replay_fraction: '0', replay_capacity: '12' };
    expect(judge(quick, edits).changes).toEqual({ rank: 5, replay_fraction: 0 });
    expect(judge(quick, { ...edits, task: 'dataset' }).changes).toEqual({ task: 'dataset', data: '/x/y.npz', replay_fraction: 0 });
    expect(judge(quick, edits).errors.size).toBe(0);
  });

  it('loses no way to switch replay off', () => {
    for (const edits of [{ replay_fraction: '0' }, { replay_capacity: '0' }, { replay_fraction: '0', replay_capacity: '0' }]) {
      const { config } = judge(quick, edits);
      expect(config!.replay_fraction * config!.replay_capacity).toBe(0);
    }
  });

  it('places what the host found', () => {
    expect([...placeErrors([{ name: 'data', message: 'There is no file /x' }, { message: 'No task' }])]).toEqual([['data', 'There is no file /x'], ['', 'No task']]);
    expect(placeError('anything = 1 is not allowed: it is no setting')).toEqual(['', 'anything = 1 is not allowed: it is no setting']);
  });

  it('knows a place for a refusal of every number there is', () => {
    for (const { name, type, max } of SETTINGS.filter((setting) => setting.type === 'integer' && setting.name !== 'seed')) {
      expect(type).toBe('integer');
      const task = name === 'data' || name === 'test_fraction' ? { task: 'dataset', data: 'x.npz' } : name === 'nodes' || name === 'nodes_harder' ? { task: 'connected' } : name === 'recurrent_hidden' ? { method: 'recurrent' } : {};
      expect(judge(quick, { ...task, [name]: String(max! + 1) }).errors.has(name), name).toBe(true);
    }
  });
});

describe('a run like another', () => {
  it('starts from the preset that is nearest, and says the same', () => {
    const config = resolveConfig({ rank: 5, seed: 7, learnable_step_size: true }, 'quick');
    const draft = draftLike(config);
    expect(draft).toMatchObject({ preset: 'quick', seeds: '7', edits: { rank: '5', learnable_step_size: true } });
    expect(judge({ kind: 'preset', preset: draft.preset }, draft.edits).config).toEqual({ ...config, seed: 0 });
    expect(draftLike(resolveConfig({ iterations: 5 }))).toMatchObject({ preset: 'paper', edits: { iterations: '5' } });
  });
});

describe('a fork', () => {
  it('goes on to the end its parent had in mind, and as far again once that is reached', () => {
    expect(baseConfig(parent(400)).iterations).toBe(1000);
    expect(baseConfig(parent(1000)).iterations).toBe(2000);
    expect(judge(parent(400), {}).changes).toEqual({});
    expect(judge(parent(1000), {}).changes).toEqual({ iterations: 2000 });
  });

  it('needs an iteration of its own', () => {
    expect(judge(parent(400), { iterations: '400' }).errors.get('iterations')).toMatch(/starts at iteration 400/);
    expect(judge(parent(400), { iterations: '401' }).errors.size).toBe(0);
  });

  it('sends only what differs from its parent', () => {
    const { changes, config } = judge(parent(400), { step_size: '50', seed: '9' });
    expect(changes).toEqual({ step_size: 50 });
    expect(config).toMatchObject({ rank: 4, step_size: 50, iterations: 1000, seed: 0 });
  });
});
