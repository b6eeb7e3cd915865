import { describe, expect, it } from 'vitest';
import { entriesOf, newestFirst } from '../../../../src-renderer/shell/palette-entries.ts';
import { search } from '../../../../src-renderer/shell/palette-search.ts';
import { aRun } from '../runs/a-run.ts';

const nothing = () => undefined;

describe('search', () => {
  const items = ['Go to runs', 'New run', 'Stop this run', 'Use the dark theme', 'Resume', 'addition-12'].map((title) => ({ id: title, title, also: title.startsWith('Use') ? 'Look' : 'Run' }));
  const found = (typed: string, limit = 10) => search(items, typed, limit).map(({ title }) => title);

  it('gives everything in its order while nothing is typed', () => expect(found('')).toEqual(items.map(({ title }) => title)));
  it('puts beginnings first, then beginnings of words, then what is inside', () => {
    expect(found('re')[0]).toBe('Resume');
    expect(found('run')[0]).toBe('New run');
    expect(found('um')).toEqual(['Resume']);
  });
  it('wants every word, in any order', () => {
    expect(found('run stop')).toEqual(['Stop this run']);
    expect(found('run dark')).toEqual([]);
  });
  it('finds by initials and by what else is known, after titles', () => {
    expect(found('nr')).toEqual(['New run']);
    expect(found('look')).toEqual(['Use the dark theme']);
    expect(found('RUN').slice(0, 3).sort()).toEqual(['Go to runs', 'New run', 'Stop this run']);
  });
  it('finds digits inside a name', () => expect(found('12')).toEqual(['addition-12']));
  it('gives no more than asked for', () => expect(found('', 2)).toHaveLength(2));
});

describe('entries', () => {
  const commands = [
    { id: 'palette.open', title: 'Search and do', group: 'Basin', run: nothing },
    { id: 'go.runs', title: 'Go to runs', group: 'Go to', everywhere: true, run: nothing },
    { id: 'run.stop', title: 'Stop', group: 'Run', run: nothing, available: () => false },
    { id: 'run.fork', title: 'Fork', group: 'Run', run: nothing },
  ];
  const ids = (recent: string[]) => entriesOf(commands, [aRun({ id: 7 }), aRun({ id: 3 })], recent).map(({ id }) => id);

  it("has the page's own actions first, then those of everywhere, then runs; not itself, not what cannot be done", () => expect(ids([])).toEqual(['run.fork', 'go.runs', 'run.7', 'run.3']));
  it('has recent choices in front, newest first, as far as they still exist', () => expect(ids(['run.3', 'gone', 'go.runs', 'run.stop'])).toEqual(['run.3', 'go.runs', 'run.fork', 'run.7']));
  it('remembers each choice once, and few', () => {
    expect(newestFirst(['a', 'b', 'c'], 'c')).toEqual(['c', 'a', 'b']);
    expect(newestFirst(Array.from({ length: 20 }, (_, i) => String(i)), 'x')).toHaveLength(8);
  });
});
