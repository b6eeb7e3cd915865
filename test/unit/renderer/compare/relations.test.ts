import { describe, expect, test } from 'vitest';
import { groupRuns } from '../../../../src-renderer/features/compare/groups/group-runs.ts';
import { groupStyles } from '../../../../src-renderer/features/compare/lines/group-style.ts';
import { fieldsOf, spansDecades, usualParallel, usualScatter, type Field } from '../../../../src-renderer/features/compare/relations/fields.ts';
import { parallelLines, scatterPoints, type RelationsInput } from '../../../../src-renderer/features/compare/relations/points.ts';
import { sampleRun } from './sample-run.ts';

const runs = [
  sampleRun(1, { learning_rate: 1e-4, seed: 1 }, { lastError: { same: 0.5, harder: null } }),
  sampleRun(2, { learning_rate: 1e-3, seed: 2 }, { lastError: { same: 0, harder: 1 } }),
  sampleRun(3, { learning_rate: 1e-2, seed: 3, learnable_step_size: true }, { lastError: { same: NaN, harder: 2 } }),
];
const fields = fieldsOf(runs);
const field = (key: string): Field => fields.find((candidate) => candidate.key === key)!;

function input(grouping: Parameters<typeof groupRuns>[1] = 'none'): RelationsInput {
  const groups = groupRuns(runs, grouping);
  return { groups, styles: groupStyles(groups), dark: true, measured: () => undefined };
}

describe('fields of runs', () => {
  test('that tell the runs apart come first, results next', () => {
    expect(fields.filter(({ group }) => group === 'settings that differ').map(({ key }) => key)).toEqual(['set.seed', 'set.learning_rate', 'set.learnable_step_size']);
    expect(fields[3]!.group).toBe('results');
    expect(new Set(fields.map(({ key }) => key)).size).toBe(fields.length);
  });

  test('have values of their kind', () => {
    expect(runs.map((run) => field('set.learning_rate').value(run, undefined))).toEqual([1e-4, 1e-3, 1e-2]);
    expect(runs.map((run) => field('set.learnable_step_size').value(run, undefined))).toEqual(['off', 'off', 'on']);
    expect(runs.map((run) => field('same/40').value(run, undefined))).toEqual([null, null, null]);
  });

  test('at hand are what tells apart, against the error', () => {
    expect(usualScatter(fields)).toEqual(['set.learning_rate', 'same/last']);
    expect(usualScatter(fieldsOf(runs.slice(0, 1)))).toEqual(['done', 'same/last']);
    expect(usualParallel(fields)).toEqual(['set.learning_rate', 'set.learnable_step_size', 'loss', 'same/last', 'harder/last']);
  });

  test('over decades suit a logarithmic axis', () => {
    expect(spansDecades([1e-4, 1e-2, null, NaN])).toBe(true);
    expect(spansDecades([0, 1, 1000])).toBe(false);
    expect(spansDecades([1, 20])).toBe(false);
  });
});

describe('runs as points', () => {
  test('leave out what has no place, and say which', () => {
    const { points, left } = scatterPoints(input(), { field: field('set.learning_rate'), log: true }, { field: field('same/last'), log: true });
    expect(points.map(({ key, x, y }) => [key, x, y])).toEqual([['1', 1e-4, 0.5]]);
    expect(left.map(({ id }) => id)).toEqual([2, 3]);
    expect(scatterPoints(input(), { field: field('set.learning_rate'), log: false }, { field: field('same/last'), log: false }).points.map(({ key }) => key)).toEqual(['1', '2']);
  });

  test('have the colour of their group', () => {
    const colours = scatterPoints(input(['task']), { field: field('set.seed'), log: false }, { field: field('done'), log: false }).points.map(({ colour }) => colour);
    expect(new Set(colours).size).toBe(1);
  });
});

test('runs as lines keep null and NaN, and know which dimensions span decades', () => {
  const { dimensions, lines } = parallelLines(input(), ['set.learning_rate', 'set.learnable_step_size', 'same/last'].map(field));
  expect(dimensions.map(({ kind, log }) => [kind, log])).toEqual([['number', true], ['category', undefined], ['number', false]]);
  expect(lines[2]!.values).toEqual({ 'set.learning_rate': 1e-2, 'set.learnable_step_size': 'on', 'same/last': NaN });
});
