import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../../../../src-main/contract/settings.ts';
import { bannerOf, forkLink, newLike } from '../../../../src-renderer/features/live/banner.ts';
import { possible } from '../../../../src-renderer/features/live/data/actions.ts';
import { configRows, lineageOf, machineRows, queueAhead } from '../../../../src-renderer/features/live/data/facts.ts';
import { withLines } from '../../../../src-renderer/features/live/data/log.ts';
import { msPerIteration, NO_PACE, remaining, withSample } from '../../../../src-renderer/features/live/data/pace.ts';
import { verdict } from '../../../../src-renderer/features/live/data/verdict.ts';
import { beatsZero, onward, reached } from '../../../../src-renderer/features/live/guide/steps.ts';
import { checkpoint, curve, details, summary } from './samples.ts';

const count = (value: number) => value.toLocaleString('en');
const banner = (run: Parameters<typeof summary>[0] & object, parts: Parameters<typeof details>[1] = {}, ahead = 0) => bannerOf(details(run, { owner: run.status === 'running' ? 'here' : 'none', ...parts }), ahead, count);

describe('banners', () => {
  it('say where and how a run diverged, and offer its last good checkpoint with λ halved', () => {
    const told = banner({ status: 'diverged', iteration: 88 }, { divergence: { iteration: 88, step: 7, quantity: 'energy', checkpoint: 80 }, checkpoints: [checkpoint(80)] })!;
    expect(told).toMatchObject({ tone: 'bad', title: 'Diverged at iteration 88, step 7: energy stopped being finite' });
    expect(told.text).toContain('Last good checkpoint: iteration 80');
    expect(told.actions[0]).toEqual({ kind: 'fork', label: 'Fork from it with λ halved', to: '/new?fork=3&from=80&set=step_size%3A50' });
  });

  it('offer a new run where nothing good was kept', () => {
    const told = banner({ status: 'diverged' }, { divergence: { iteration: 5, step: -1, quantity: 'loss' } })!;
    expect(told.title).toBe('Diverged at iteration 5: loss stopped being finite');
    expect(told.actions).toEqual([{ kind: 'new', label: 'New run with λ halved', to: newLike(3, { step_size: 50 }) }]);
  });

  it('say what an interrupted run kept', () => {
    expect(banner({ status: 'interrupted' }, { checkpoints: [checkpoint(1000), checkpoint(500)] })).toMatchObject({ tone: 'warn', title: 'Its process ended at iteration 1,204 without saying why', actions: [{ kind: 'resume', label: 'Resume from checkpoint 1,000' }] });
    expect(banner({ status: 'interrupted' })!.actions[0]!.label).toBe('Start it again');
  });

  it('say why a run failed, in its own words', () => {
    const error = { name: 'BasinError', code: 'x', kind: 'operational' as const, message: 'The disk is full.' };
    expect(banner({ status: 'failed' }, { error, checkpoints: [checkpoint(1000)] })!.text).toBe('The disk is full. Kept: everything up to checkpoint 1,000.');
    expect(banner({ status: 'failed' })!.text).toContain('said no reason');
  });

  it('say who stopped it, and how it goes on', () => {
    expect(banner({ status: 'stopped' }, { checkpoints: [checkpoint(1204)] })).toMatchObject({ title: 'Stopped at iteration 1,204 by you', text: expect.stringContaining('Checkpoint 1,204 is kept') });
    expect(banner({ status: 'stopped', startedAt: null, iteration: 0 })!.title).toBe('Taken out of the queue by you');
  });

  it('say where it waits, and when another process trains it', () => {
    expect(banner({ status: 'queued' }, {}, 2)!.title).toBe('Waiting behind 2 runs');
    expect(banner({ status: 'queued' }, {}, 0)!.title).toMatch(/next to start/);
    expect(banner({ status: 'running' }, { owner: 'elsewhere' })!.title).toMatch(/Another process/);
  });

  it('say that a stopped run waits to go on', () => {
    expect(banner({ status: 'stopped' }, { owner: 'here', checkpoints: [checkpoint(1000)] })!.title).toBe('Waiting to go on from iteration 1,000');
    expect(banner({ status: 'stopped' }, { owner: 'none' })!.title).toMatch(/^Stopped/);
  });

  it('are silent while all is well', () => {
    expect(banner({ status: 'running' })).toBeUndefined();
    expect(banner({ status: 'finished' }, { owner: 'none' })).toBeUndefined();
  });

  it('link to forms by address', () => {
    expect(forkLink(3, 'best')).toBe('/new?fork=3&from=best');
    expect(newLike(3)).toBe('/new?like=3');
  });
});

describe('what can be done', () => {
  const can = (run: Parameters<typeof summary>[0], parts = {}) => possible(summary(run), details({}, { owner: run!.status === 'running' || run!.status === 'queued' ? 'here' : 'none', ...parts }));
  it('follows from the status, the owner and the checkpoints', () => {
    expect(can({ status: 'running' })).toMatchObject({ stop: true, checkpoint: true, resume: false, fork: false });
    expect(can({ status: 'running' }, { owner: 'elsewhere' })).toMatchObject({ stop: false, checkpoint: false });
    expect(can({ status: 'queued' })).toMatchObject({ stop: true, checkpoint: false });
    expect(can({ status: 'stopped' }, { checkpoints: [checkpoint(1)] })).toMatchObject({ resume: true, fork: true, evaluate: true, stop: false });
    expect(can({ status: 'finished' }, { checkpoints: [checkpoint(1)] })).toMatchObject({ resume: false, more: true });
    expect(can({ status: 'stopped' }, { owner: 'here' })).toMatchObject({ stop: true, resume: false });
    expect(can({ status: 'diverged' })).toMatchObject({ resume: false, more: false });
  });
});

describe('the pace', () => {
  it('is the wall time of an iteration in the last half minute', () => {
    let pace = NO_PACE;
    for (let i = 0; i <= 1000; i++) pace = withSample(pace, i * 100, i * 50);
    expect(msPerIteration(pace)).toBeCloseTo(2, 3);
    expect(remaining(pace, 50_000, 60_000)).toBeCloseTo(20_000, 0);
    expect(pace.samples.length).toBeLessThan(200);
    for (let i = 1001; i <= 1400; i++) pace = withSample(pace, i * 100, 50_000 + (i - 1000) * 5);
    expect(msPerIteration(pace)).toBeCloseTo(20, 1);
  });

  it('is not known too early, and starts anew when a run is resumed', () => {
    expect(msPerIteration(NO_PACE)).toBeNull();
    expect(remaining(withSample(NO_PACE, 0, 1), 1, 10)).toBeNull();
    const resumed = withSample(withSample(withSample(NO_PACE, 0, 0), 1000, 500), 2000, 100);
    expect(resumed.samples).toEqual([{ at: 2000, iteration: 100 }]);
  });

  it('never promises less than no time', () => {
    expect(remaining({ samples: [{ at: 0, iteration: 0 }, { at: 1000, iteration: 10 }] }, 12, 10)).toBe(0);
  });
});

describe('the log', () => {
  const line = (id: number) => ({ id, iteration: id, level: 'info' as const, message: `m${id}`, at: id });
  it('has each line once, in order, and only the newest of many', () => {
    expect(withLines([line(1), line(3)], [line(2), line(3)]).map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(withLines([line(1)], [line(2)], 1).map(({ id }) => id)).toEqual([2]);
    expect(withLines([line(1), line(2)], [line(1)]).map(({ id }) => id)).toEqual([1, 2]);
  });
});

describe('facts about a run', () => {
  it('lists what differs from the defaults, or from a parent', () => {
    const config = resolveConfig({ rank: 4, hidden: 128 });
    expect(configRows(config).different.map(({ setting, value, instead }) => [setting.name, value, instead])).toEqual([['rank', 4, 20], ['hidden', 128, 512]]);
    expect(configRows(config, resolveConfig({ rank: 4, hidden: 64 })).different.map(({ setting, instead }) => [setting.name, instead])).toEqual([['hidden', 64]]);
  });

  it('knows parents, children and the queue', () => {
    const run = summary({ parentRun: 1, parentIteration: 200 });
    const all = [summary({ id: 9, parentRun: 3 }), run, summary({ id: 7, parentRun: 3 }), summary({ id: 8 })];
    expect(lineageOf(run, all)).toMatchObject({ parent: { run: 1, iteration: 200 }, children: [{ id: 7 }, { id: 9 }] });
    expect(lineageOf(summary(), all).parent).toBeUndefined();
    expect(queueAhead(summary({ id: 5, status: 'queued' }), [summary({ id: 3 }), summary({ id: 4, status: 'queued' }), summary({ id: 6, status: 'queued' })])).toBe(1);
  });

  it('says where a reading is not to be had', () => {
    const bytes = (value: number) => `${value} B`;
    expect(machineRows({ cpu: 0.421, memoryUsed: 1, memoryTotal: 4, gpu: null }, bytes)).toEqual([
      { name: 'CPU', share: 0.421, words: '42 %' },
      { name: 'Memory', share: 0.25, words: '1 B of 4 B' },
      { name: 'GPU', share: null, words: 'no GPU reading' },
    ]);
    expect(machineRows({ cpu: null, memoryUsed: null, memoryTotal: null, gpu: { name: 'H100', utilisation: null, memoryUsed: 1, memoryTotal: 2 } }, bytes).map(({ words }) => words)).toEqual(['no reading', 'no reading', 'no load reading, 1 B of 2 B']);
  });

  it('judges a model beside trivial answers in plain words', () => {
    const spread = { low: 0, high: 1, quantiles: [0, 0, 0, 1, 1] };
    const steps = [{ updates: 80, error: 0.1, ...spread }];
    const zero = { name: 'zero', label: 'predict 0', error: 0.6, beaten: true };
    const linear = { name: 'linear', label: 'a linear map', error: 0, beaten: false };
    expect(verdict({ steps, references: [zero] }, String)).toEqual({ good: true, text: 'After 80 updates the model (0.1) beats every trivial answer.' });
    expect(verdict({ steps, references: [zero, linear] }, String)).toEqual({ good: false, text: 'After 80 updates the model (0.1) does not beat a linear map (0). It beats predict 0 (0.6).' });
    expect(verdict({ steps: [{ updates: 80, error: NaN, ...spread }], references: [linear] }, String).text).toContain('no finite answer');
  });
});

describe('the guide', () => {
  const facts = { status: 'running' as const, hasEnergy: true, probe: undefined, references: summary().references, replayed: false };
  const ids = (more: object) => reached({ ...facts, ...more }).map(({ id }) => id);
  const above = curve(500, { meanErrors: Float64Array.of(1, 0.9) });

  it('goes on as facts come true', () => {
    expect(ids({})).toEqual(['waiting']);
    expect(ids({ probe: above })).toEqual(['waiting', 'energy', 'error']);
    expect(ids({ probe: above, replayed: true })).toEqual(['waiting', 'energy', 'error', 'replay']);
    expect(ids({ probe: above, replayed: true, status: 'finished' }).at(-1)).toBe('finished');
    expect(ids({ status: 'diverged' }).at(-1)).toBe('ended');
    expect(ids({ probe: above, hasEnergy: false })).not.toContain('energy');
  });

  it('says that predicting 0 is beaten when it is, on the same problems', () => {
    expect(reached({ ...facts, probe: above }).at(-1)!.title).toMatch(/Does downhill/);
    expect(reached({ ...facts, probe: curve(500) }).at(-1)!.title).toMatch(/now means right/);
    expect(beatsZero({ probe: curve(1, { meanErrors: Float64Array.of(NaN) }), references: facts.references })).toBe(false);
    expect(beatsZero({ probe: curve(1), references: [] })).toBe(false);
  });

  it('gives each explanation the time to be read', () => {
    const steps = reached({ ...facts, probe: above, replayed: true });
    expect(onward(steps, 0, 0)).toBe(1);
    expect(onward(steps, 1, 100)).toBe(1);
    expect(onward(steps, 1, 60_000)).toBe(2);
    expect(onward(steps, 3, 60_000)).toBe(3);
    expect(onward(reached({ ...facts, status: 'failed' }), 0, 0)).toBe(1);
  });
});
