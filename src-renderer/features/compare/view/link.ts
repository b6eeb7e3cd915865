import { SETTINGS } from '../../../../src-main/contract/settings.ts';
import type { SettingName } from '../../../../src-main/contract/config.ts';
import type { Scale } from '../../../charts/types.ts';
import { readIds, writeIds } from './id-list.ts';
import { DEFAULT_CHARTS, EMPTY_VIEW, MAX_CHARTS, MAX_RUNS, type Axis, type ChartView, type CompareView, type ErrorSource, type Grouping, type ScatterAxis } from './view.ts';

/*
 * The page's address: one readable part for each thing that is not as usual, "?v=1&runs=3-7,12&group=seeds&charts=loss~log~0.9".
 * Parts are separated by "," and what belongs to one of them by "~"; neither occurs in a name.
 */

const VERSION = 1;

/** An address as the router gives it. */
export type Query = Readonly<Record<string, string | null | undefined | readonly (string | null)[]>>;

export function writeLink(view: CompareView): Record<string, string> {
  const link: Record<string, string> = { v: String(VERSION) };
  const put = (name: string, value: string, usual = '') => {
    if (value !== usual) link[name] = value;
  };
  put('runs', writeIds(view.runs));
  put('hide', writeIds(view.hidden));
  put('base', view.baseline === null ? '' : String(view.baseline));
  put('group', typeof view.grouping === 'string' ? view.grouping : view.grouping.join(','), 'none');
  put('members', view.members ? '1' : '');
  put('x', view.axis, 'iteration');
  // "-" is no chart at all, which is not the same as the usual ones.
  put('charts', view.charts.map(writeChart).join(',') || '-', DEFAULT_CHARTS.map(writeChart).join(','));
  put('all', view.allSettings ? '1' : '');
  put('errors', view.source, 'probe');
  put('sort', view.sort ? `${view.sort.descending ? '-' : ''}${view.sort.column}` : '');
  put('scatter', view.scatter ? [view.scatter.x, view.scatter.y].map(({ field, log }) => (log ? `${field}~log` : field)).join(',') : '');
  put('parallel', view.parallel ? view.parallel.join(',') || '-' : '');
  return link;
}

const writeChart = ({ metric, scale, smoothing }: ChartView): string => `${metric}~${scale ?? ''}~${smoothing === 0 ? '' : smoothing}`.replace(/~+$/, '');

export interface ReadLink {
  readonly view: CompareView;
  /** What the address says and this page cannot show, in words; the rest is shown. */
  readonly problems: readonly string[];
}

export function readLink(query: Query): ReadLink {
  const problems: string[] = [];
  const text = (name: string): string => {
    const value = query[name];
    return (typeof value === 'object' && value !== null ? value[0] : value) ?? '';
  };
  const version = text('v');
  if (version !== '' && version !== String(VERSION)) problems.push(`It was made by another version of Basin (link version ${version}; this one reads ${VERSION}), so some of it may be missing.`);
  const ids = (name: string) => {
    const { ids: found, wrong, cut } = readIds(text(name), MAX_RUNS);
    if (wrong.length > 0) problems.push(`"${wrong.join(', ')}" is no run number.`);
    if (cut) problems.push(`It names more than ${MAX_RUNS} runs; the first ${MAX_RUNS} are shown.`);
    return found;
  };
  const runs = ids('runs');
  const among = (list: readonly number[]) => list.filter((id) => runs.includes(id));
  return {
    view: {
      runs,
      hidden: among(ids('hide')),
      baseline: among(ids('base'))[0] ?? null,
      grouping: readGrouping(text('group'), problems),
      members: text('members') === '1',
      axis: readAxis(text('x'), problems),
      charts: readCharts(text('charts'), problems),
      allSettings: text('all') === '1',
      source: readSource(text('errors'), problems),
      sort: text('sort') === '' ? null : { column: text('sort').replace(/^-/, ''), descending: text('sort').startsWith('-') },
      scatter: readScatter(text('scatter')),
      parallel: text('parallel') === '' ? null : parts(text('parallel')),
    },
    problems,
  };
}

/** "-" is an empty list. */
const parts = (text: string): string[] => (text === '-' ? [] : text.split(',').filter((part) => part !== ''));

function readGrouping(text: string, problems: string[]): Grouping {
  if (text === '' || text === 'none') return 'none';
  if (text === 'seeds') return 'seeds';
  const names = [...new Set(parts(text))];
  const known = names.filter((name): name is SettingName => SETTINGS.some((setting) => setting.name === name));
  if (known.length < names.length) problems.push(`"${names.filter((name) => !known.includes(name as SettingName)).join(', ')}" is no setting to group by.`);
  return known.length > 0 ? known : 'none';
}

function readAxis(text: string, problems: string[]): Axis {
  if (text === 'time' || text === 'share' || text === 'iteration') return text;
  if (text !== '') problems.push(`"${text}" is no x axis; iterations are shown.`);
  return EMPTY_VIEW.axis;
}

function readSource(text: string, problems: string[]): ErrorSource {
  if (text === 'probe' || text === 'evaluation') return text;
  if (text !== '') problems.push(`"${text}" is nothing that errors are measured on; those of the newest probe are shown.`);
  return EMPTY_VIEW.source;
}

const SCALES: readonly Scale[] = ['linear', 'log', 'symlog'];

function readCharts(text: string, problems: string[]): readonly ChartView[] {
  if (text === '') return DEFAULT_CHARTS;
  const charts = parts(text).map((part): ChartView => {
    const [metric = '', scale = '', smoothing = ''] = part.split('~');
    const weight = Number(smoothing);
    return { metric, scale: SCALES.find((known) => known === scale) ?? null, smoothing: weight > 0 && weight < 1 ? weight : 0 };
  });
  const once = charts.filter(({ metric }, index) => metric !== '' && charts.findIndex((other) => other.metric === metric) === index);
  if (once.length > MAX_CHARTS) problems.push(`It names ${once.length} charts; the first ${MAX_CHARTS} are shown.`);
  return once.slice(0, MAX_CHARTS);
}

function readScatter(text: string): CompareView['scatter'] {
  const [x, y] = parts(text).map((part): ScatterAxis => {
    const [field = '', log] = part.split('~');
    return { field, log: log === 'log' };
  });
  return x && y ? { x, y } : null;
}
