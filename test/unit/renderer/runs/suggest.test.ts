import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../../src-renderer/features/runs/query/parse.ts';
import { suggest } from '../../../../src-renderer/features/runs/query/suggest.ts';
import { aRun } from './a-run.ts';

const runs = [aRun({ tags: ['baseline', 'long walk'] }), aRun({ tags: ['Base2'] })];
const terms = (text: string, cursor = text.length) => suggest(text, cursor, runs).list.map(({ term }) => term);

describe('suggestions', () => {
  it('are fields and flags that begin as typed', () => {
    expect(terms('sta')).toEqual(['starred', 'status:']);
    expect(terms('lo')).toEqual(['loss']);
    expect(terms('-arch')).toEqual(['-archived']);
  });
  it('are the values of a choice after its colon, also the last of several', () => {
    expect(terms('task:').slice(0, 4)).toEqual(['task:addition', 'task:lowrank', 'task:inverse', 'task:dataset']);
    expect(terms('task:addition,in')).toEqual(['task:addition,inverse']);
    expect(terms('-status:fi')).toEqual(['-status:finished']);
    expect(terms('backprop!=f')).toEqual(['backprop!=full']);
  });
  it('are the tags in use, quoted where they have spaces', () => {
    expect(terms('tag:ba')).toEqual(['tag:base2', 'tag:baseline']);
    expect(terms('tag:long')).toEqual(['tag:"long walk"']);
  });
  it('are about the term that the cursor stands in', () => {
    const text = 'task:low loss<0.1';
    expect(suggest(text, 8, runs)).toMatchObject({ from: 0, to: 8, list: [{ term: 'task:lowrank' }] });
    expect(suggest('a  b', 2, runs)).toMatchObject({ from: 2, to: 2, list: [] });
  });
  it('are none where nothing is typed, or all of it', () => {
    for (const text of ['', 'task:addition ', 'task:inverse', 'loss<0.', 'colour:re', 'starred']) expect(terms(text)).toEqual([]);
  });
  it('can be understood when taken', () => {
    for (const typed of ['st', 'task:', 'tag:', 'is', 'no', '-na']) {
      for (const { term, whole } of suggest(typed, typed.length, runs).list) if (whole) expect(parseQuery(term, 0).problems, term).toEqual([]);
    }
  });
});
