import { describe, expect, it } from 'vitest';
import { positiveNumber, settingChanges, wholeNumber, wholeNumbers } from '../../../src-main/cli/options.ts';

describe('settingChanges', () => {
  it('reads values by the type of their setting', () => {
    expect(settingChanges({ set: ['learning_rate=3e-4', 'learnable_step_size=true', 'backprop=full', 'data=a=b.npz'], task: 'dataset', seed: '7' })).toEqual({
      learning_rate: 3e-4,
      learnable_step_size: true,
      backprop: 'full',
      data: 'a=b.npz',
      task: 'dataset',
      seed: 7,
    });
  });

  it('keeps what it cannot read, so that the refusal shows what was typed', () => {
    expect(settingChanges({ set: ['hidden=many', 'unknown=1', 'learnable_step_size=yes'] })).toEqual({ hidden: 'many', unknown: '1', learnable_step_size: 'yes' });
  });

  it.each(['hidden', '=3', ''])('refuses --set %j', (text) => {
    expect(() => settingChanges({ set: [text] })).toThrow(expect.objectContaining({ code: 'usage.set' }));
  });

  it('refuses two values for one setting, and takes the same one twice', () => {
    expect(() => settingChanges({ set: ['seed=2'], seed: '1' })).toThrow(expect.objectContaining({ code: 'usage.set', message: 'seed is given twice: 1 and 2' }));
    expect(settingChanges({ set: ['seed=1', 'seed=1'], seed: '1' })).toEqual({ seed: 1 });
  });
});

describe('numbers', () => {
  it('are whole and in range', () => {
    expect(wholeNumber(1, 10)('10')).toBe(10);
    for (const text of ['0', '11', '1.5', 'x', '', ' ']) expect(() => wholeNumber(1, 10)(text), text).toThrow('from 1 to 10');
  });

  it('come as a list, ascending, each once', () => {
    expect(wholeNumbers(0, 100)('40,10,20,10')).toEqual([10, 20, 40]);
    for (const text of ['', '1,', '1,x', '101']) expect(() => wholeNumbers(0, 100)(text), text).toThrow('from 0 to 100');
  });

  it('are above zero', () => {
    expect(positiveNumber('1e-4')).toBe(1e-4);
    for (const text of ['0', '-1', 'x', '', 'Infinity']) expect(() => positiveNumber(text), text).toThrow('above 0');
  });
});
