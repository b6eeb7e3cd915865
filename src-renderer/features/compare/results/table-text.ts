import { verdictWords } from './verdict.ts';
import { COLUMNS } from './columns.ts';
import type { ResultRow } from './rows.ts';

/*
 * The final table as text. CSV carries every digit and one column for each number; Markdown is for reading.
 */

const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const span = (range: readonly [number, number] | null): string => (range === null ? '' : range[0] === range[1] ? String(range[0]) : `${range[0]}-${range[1]}`);

export function tableCsv(rows: readonly ResultRow[]): string {
  const head = ['name', 'runs', 'n', 'diverged', 'source', 'iteration', 'problems', ...COLUMNS.flatMap(({ difficulty, at }) => [`error_${difficulty}_${at}`, `sd_${difficulty}_${at}`, `n_${difficulty}_${at}`, `non_finite_${difficulty}_${at}`]), 'published_same', 'published_harder', 'published_differs', 'verdict_same', 'verdict_harder'];
  const lines = rows.map((row) => [
    row.label,
    row.runs.map(({ id }) => id).join(' '),
    row.runs.length,
    row.diverged.length,
    row.sources.join(' '),
    span(row.iterations),
    span(row.problems),
    ...COLUMNS.flatMap(({ key }) => {
      const cell = row.cells.get(key);
      return cell ? [cell.mean, cell.deviation ?? '', cell.n, cell.nonFinite] : ['', '', '', ''];
    }),
    row.published?.same ?? '',
    row.published?.harder ?? '',
    row.published?.differs.map(({ name, here, published }) => `${name} ${here} (published ${published})`).join('; ') ?? '',
    ...(['same', 'harder'] as const).map((difficulty) => row.verdicts.filter((verdict) => verdict.difficulty === difficulty).map((verdict) => verdictWords(verdict, String)).join('')),
  ]);
  return [head, ...lines].map((line) => line.map((value) => quoted(String(value))).join(',')).join('\n') + '\n';
}

/** @param write a number as the person reads numbers */
export function tableMarkdown(rows: readonly ResultRow[], write: (value: number) => string): string {
  const cell = (row: ResultRow, key: string): string => {
    const found = row.cells.get(key);
    if (!found) return '–';
    const odd = found.nonFinite > 0 && found.n > 0 ? ` (${found.nonFinite} NaN)` : '';
    return `${write(found.mean)}${found.deviation === null ? '' : ` ± ${write(found.deviation)}`}${odd}`;
  };
  const plain = (text: string) => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
  const line = (cells: readonly string[]) => `| ${cells.map(plain).join(' | ')} |`;
  const head = ['run', 'n', ...COLUMNS.map(({ difficulty, at }) => `${difficulty}, ${at === 'lowest' ? 'lowest energy' : `${at} updates`}`), 'measured on', 'verdict'];
  return (
    [
      'Mean squared error; groups: mean ± standard deviation over runs (n − 1).',
      '',
      line(head),
      `|${head.map((_, i) => (i === 0 || i >= head.length - 2 ? '---' : '---:')).join('|')}|`,
      ...rows.map((row) =>
        line([
          row.label,
          row.diverged.length > 0 ? `${row.runs.length} (${row.diverged.length} diverged)` : String(row.runs.length),
          ...COLUMNS.map(({ key }) => cell(row, key)),
          row.iterations ? `${row.sources.join(', ')} of ${span(row.problems)} problems at iteration ${span(row.iterations)}` : 'nothing yet',
          row.verdicts.map((verdict) => `${verdict.difficulty}: ${verdictWords(verdict, write)}`).join('. '),
        ]),
      ),
    ].join('\n') + '\n'
  );
}
