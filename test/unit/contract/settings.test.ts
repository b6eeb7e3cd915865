import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PRESETS, runConfigSchema, type PresetName } from '../../../src-main/contract/config.ts';
import { BasinError } from '../../../src-main/contract/errors.ts';
import { refusal as refusalOfCall } from '../../support/refusal.ts';
import { parseSetting, resolveConfig, SETTINGS } from '../../../src-main/contract/settings.ts';

const refusal = (changes: Record<string, unknown>) => refusalOfCall(() => resolveConfig(changes));

describe('the configuration record', () => {
  it('defaults to the constants of the released code (docs/method.md)', () => {
    expect(resolveConfig({})).toMatchObject({ rank: 20, hidden: 512, depth: 3, steps: 10, step_size: 100, batch: 512, iterations: 10_000, learning_rate: 1e-4, backprop: 'last-step', replay_fraction: 0.5, replay_capacity: 10_000, gradient_clip: 0 });
    expect(resolveConfig({}, 'paper')).toEqual(resolveConfig({}));
  });

  it('has every extra off by default', () => {
    expect(resolveConfig({})).toMatchObject({ langevin_noise: 0, learnable_step_size: false, steps_min: 0, accept_only_descent: false });
  });

  it.each(Object.keys(PRESETS) as PresetName[])('preset %s is valid, and changes win over it', (preset) => {
    expect(resolveConfig({ rank: 3 }, preset)).toEqual({ ...resolveConfig({}), ...PRESETS[preset].settings, rank: 3 });
  });

  it('documents every setting: group, title, meaning, and a range for each number', () => {
    expect(SETTINGS.map(({ name }) => name)).toEqual(Object.keys(runConfigSchema.shape));
    for (const setting of SETTINGS) {
      expect(setting.title.length, setting.name).toBeGreaterThan(2);
      expect(setting.meaning.length, setting.name).toBeGreaterThan(10);
      if (setting.type === 'number' || setting.type === 'integer') expect([setting.min, setting.max].every(Number.isFinite), setting.name).toBe(true);
    }
  });

  it.each(SETTINGS.filter(({ min }) => min !== undefined))('refuses $name outside $min … $max by name, value and what is allowed', ({ name, min, max }) => {
    for (const value of [min! - 1, max! * 2 + 1, NaN, 'many']) {
      const error = refusal({ [name]: value });
      expect(error.code).toBe('config.value');
      for (const part of [name, typeof value === 'number' ? String(value) : JSON.stringify(value), String(min), String(max)]) expect(error.message).toContain(part);
    }
  });

  it('refuses an unknown setting and suggests the one that was meant', () => {
    expect(refusal({ learningRate: 1 }).message).toContain('did you mean "learning_rate"?');
    expect(refusal({ hiden: 1 }).message).toContain('did you mean "hidden"?');
    expect(refusal({ colour: 1 })).toMatchObject({ code: 'config.unknown', message: expect.not.stringContaining('did you mean') });
    expect(refusal({ constructor: 1 }).code).toBe('config.unknown');
  });

  it('refuses settings that do not go together', () => {
    expect(refusal({ steps: 5, steps_min: 6 }).message).toContain('steps_min = 6');
    expect(refusal({ task: 'dataset' }).message).toContain('data = ""');
    expect(refusal({ data: 'problems.npz' }).message).toContain('only task = dataset reads a file');
  });

  it('names every bad value at once', () => {
    const { message } = refusal({ rank: 0, hidden: 'wide', method: 'magic' });
    for (const part of ['rank = 0', 'hidden = "wide"', 'method = "magic"', 'irem']) expect(message).toContain(part);
  });

  it('reads typed text by the kind of setting and leaves what does not fit for the refusal', () => {
    expect(parseSetting('rank', '4')).toBe(4);
    expect(parseSetting('learning_rate', '1e-3')).toBe(1e-3);
    expect(parseSetting('learnable_step_size', 'true')).toBe(true);
    expect(parseSetting('backprop', 'full')).toBe('full');
    expect(refusal({ rank: parseSetting('rank', ' ') }).message).toContain('rank = " "');
    expect(refusal({ rank: parseSetting('rank', '4.5') }).message).toContain('4.5');
    expect(refusal({ learnable_step_size: parseSetting('learnable_step_size', 'yes') }).message).toContain('"yes"');
  });

  it('answers anything with a configuration or a refusal', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.oneof(fc.string(), fc.constantFrom(...SETTINGS.map(({ name }) => name as string), '__proto__')), fc.anything()), (changes) => {
        try {
          expect(runConfigSchema.safeParse(resolveConfig(changes)).success).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(BasinError);
        }
      }),
    );
  });
});
