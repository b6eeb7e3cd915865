import { describe, expect, it } from 'vitest';
import { TASKS } from '../../../../src-main/contract/config.ts';
import { resolveConfig, SETTINGS } from '../../../../src-main/contract/settings.ts';
import { cellAt, cellsAcross, placeOfCell } from '../../../../src-renderer/charts/matrix/draw-matrix.ts';
import type { Picture } from '../../../../src-renderer/charts/types.ts';
import { applies, TASK_MEANINGS, TASK_TITLES } from '../../../../src-renderer/features/new-run/applies.ts';
import { describe as inWords } from '../../../../src-renderer/features/new-run/describe.ts';
import { forkableTasks } from '../../../../src-renderer/features/new-run/fork.ts';
import { judge } from '../../../../src-renderer/features/new-run/judge.ts';
import { thumbnailFit, thumbnailWidth } from '../../../../src-renderer/features/replay/thumbnails.ts';
import SHAPES from '../../../fixtures/task-shapes.json';

const GENERATED = TASKS.filter((task) => task !== 'dataset');

it('`basin settings` and the form offer every task, each under a title and a description of its own', () => {
  expect(SETTINGS.find(({ name }) => name === 'task')!.choices).toEqual(TASKS);
  for (const words of [TASKS.map((task) => TASK_TITLES[task]), TASKS.map((task) => TASK_MEANINGS[task]), TASKS.map((task) => inWords(resolveConfig({ task, ...(task === 'dataset' ? { data: 'a.npz' } : {}) })).problem)]) {
    expect(words.every((text) => text.length > 0)).toBe(true);
    expect(new Set(words).size).toBe(TASKS.length);
  }
});

describe.each(GENERATED)('%s', (task) => {
  it('is chosen in the form, at any rank, and sent to the host', () => {
    for (const rank of ['1', '20', '64']) {
      const { errors, config, changes } = judge({ kind: 'preset', preset: 'quick' }, { task, rank });
      expect([...errors]).toEqual([]);
      // What is the base's own, or not of this task, is not sent.
      expect(changes).toEqual({ ...(task === 'addition' ? {} : { task }), ...(applies('rank', config!).state === 'yes' ? { rank: Number(rank) } : {}) });
    }
  });

  it('is drawn at any rank: every number has a cell, every thumbnail its place', () => {
    const shapes = SHAPES.filter((shape) => shape.task === task);
    expect(shapes.length).toBeGreaterThan(0);
    for (const { pictures, widths } of shapes) {
      for (const part of ['x', 'y'] as const) {
        const picture: Picture = pictures[part];
        // Marks of a graph's nodes are no cells.
        const cells = widths[part] - (picture.marks ?? 0);
        for (const index of [0, Math.floor(cells / 2), cells - 1]) {
          const { x, y } = placeOfCell(picture, index);
          expect([x < cellsAcross(picture), y < picture.rows, cellAt(picture, x, y)]).toEqual([true, true, index]);
        }
        const { size, height = 0 } = thumbnailFit(picture);
        expect(size).toBeGreaterThan(0);
        expect(Math.max(size, height)).toBeLessThanOrEqual(48);
        expect(thumbnailWidth(picture)).toBeLessThanOrEqual(160);
      }
    }
  });

  it('may be forked to exactly the tasks whose problems and answers are as wide at every rank', () => {
    const widths = (name: string) => JSON.stringify(SHAPES.filter((shape) => shape.task === name).map((shape) => shape.widths));
    expect([...forkableTasks(task)].sort()).toEqual(GENERATED.filter((other) => widths(other) === widths(task)).sort());
  });
});
