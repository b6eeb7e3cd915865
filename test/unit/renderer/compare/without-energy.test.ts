import { describe, expect, it } from 'vitest';
import { catalogue, needsEnergy } from '../../../../src-renderer/features/compare/curves/catalogue.ts';
import { withEnergy } from '../../../../src-renderer/features/compare/lines/without-energy.ts';
import { fieldsOf } from '../../../../src-renderer/features/compare/relations/fields.ts';
import { sampleRun } from './sample-run.ts';

const irem = sampleRun(1);
const recurrent = sampleRun(2, {}, { method: 'recurrent' });
const ponder = sampleRun(3, {}, { method: 'ponder' });
const group = (key: string, ...runs: (typeof irem)[]) => ({ key, label: key, runs });

describe('runs of methods without an energy', () => {
  it('are left out of charts of energies and named with what they do instead', () => {
    const { groups, notes } = withEnergy([group('a', irem, recurrent), group('b', ponder)]);
    expect(groups.map(({ key, runs }) => [key, runs.map(({ id }) => id)])).toEqual([['a', [1]]]);
    expect(notes).toEqual([expect.stringMatching(/^addition-2 \(recurrent\): This method has no energy: an LSTM/), expect.stringMatching(/^addition-3 \(ponder\): This method has no energy: /)]);
    const all = [group('a', irem)];
    expect(withEnergy(all)).toEqual({ groups: all, notes: [] });
  });

  it('alone offer neither metrics nor axes of energies', () => {
    expect(catalogue([recurrent, ponder]).filter(({ name }) => needsEnergy(name))).toEqual([]);
    expect(catalogue([irem, ponder]).map(({ name }) => name)).toEqual(expect.arrayContaining(['energy/0', 'probe/same/energy/last', 'probe/same/error/lowest']));
    expect(catalogue([ponder]).map(({ name }) => name)).toEqual(expect.arrayContaining(['loss', 'gradient_norm', 'probe/same/error/last']));
    expect(catalogue([irem, ponder]).map(({ name }) => name)).toEqual(expect.arrayContaining(['expected_steps', 'halting/1', 'halting/10']));
    expect(catalogue([irem, recurrent]).filter(({ group }) => group === 'halting in training')).toEqual([]);
    expect(fieldsOf([recurrent]).map(({ key }) => key)).not.toContain('same/lowest');
    expect(fieldsOf([irem, recurrent]).map(({ key }) => key)).toContain('same/lowest');
  });
});
