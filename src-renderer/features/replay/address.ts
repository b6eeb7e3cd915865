import type { LocationQuery } from 'vue-router';
import type { Column } from './entries.ts';
import { NO_FILTER, type Filter, type Range } from './filter.ts';
import { FIRST_SORT, type Sort } from './sort.ts';

/** What the page's address keeps, so that a link reopens what was seen. */
export interface View {
  readonly uid: number | null;
  readonly sort: Sort;
  readonly filter: Filter;
  readonly tab: Tab;
  /** How the entries are laid out. */
  readonly way: Way;
}

export type Way = 'table' | 'scatter';

export const TABS = ['answer', 'lineage', 'reason'] as const;
export type Tab = (typeof TABS)[number];

const COLUMNS: readonly Column[] = ['uid', 'problem', 'generation', 'newestGeneration', 'age', 'uses', 'fall', 'energy', 'error', 'energyNow', 'energyChange'];
const FALSE_MINIMA = 'false-minima';

/** A view as a query; what is as at first is left out. */
export function toQuery({ uid, sort, filter, tab, way }: View): Record<string, string> {
  const filters = [...Object.entries(filter.ranges).map(([column, [low, high]]) => `${column}:${low}~${high}`), ...(filter.falseMinima ? [FALSE_MINIMA] : [])];
  return {
    ...(uid === null ? {} : { uid: String(uid) }),
    ...(sort.column === FIRST_SORT.column && sort.descending === FIRST_SORT.descending ? {} : { sort: `${sort.column}-${sort.descending ? 'down' : 'up'}` }),
    ...(filters.length > 0 ? { filter: filters.join(';') } : {}),
    ...(tab === 'answer' ? {} : { tab }),
    ...(way === 'table' ? {} : { way }),
  };
}

/** The view of a query; parts that mean nothing (an old or mistyped link) are as at first. */
export function fromQuery(query: LocationQuery): View {
  const text = (name: string): string => {
    const value = query[name];
    return typeof value === 'string' ? value : '';
  };
  return {
    uid: /^\d{1,16}$/.test(text('uid')) ? Number(text('uid')) : null,
    sort: parseSort(text('sort')),
    filter: parseFilter(text('filter')),
    tab: TABS.find((tab) => tab === text('tab')) ?? 'answer',
    way: text('way') === 'scatter' ? 'scatter' : 'table',
  };
}

function parseSort(text: string): Sort {
  const [, name, way] = /^(\w+)-(up|down)$/.exec(text) ?? [];
  const column = COLUMNS.find((candidate) => candidate === name);
  return column ? { column, descending: way === 'down' } : FIRST_SORT;
}

function parseFilter(text: string): Filter {
  const parts = text.split(';');
  const ranges: Partial<Record<Column, Range>> = {};
  for (const part of parts) {
    const [, name, low, high] = /^(\w+):(.+)~(.+)$/.exec(part) ?? [];
    const column = COLUMNS.find((candidate) => candidate === name);
    const range = [Number(low), Number(high)] as const;
    if (column && !range.some(Number.isNaN)) ranges[column] = range;
  }
  return { ...NO_FILTER, ranges, falseMinima: parts.includes(FALSE_MINIMA) };
}
