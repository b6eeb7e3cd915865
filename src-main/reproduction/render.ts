import type { ReproductionCell, ReproductionRow, ReproductionSource, ReproductionTable } from '../contract/api/reproduce.ts';
import { count, number } from '../contract/numbers.ts';
import type { TableFormat } from '../contract/reproduction.ts';

/*
 * A table as text. CSV carries every digit and a column for each number; Markdown and LaTeX are for reading: mean ± standard deviation over
 * seeds, the lowest of a task in bold, the published error behind it.
 */

/** How far a row's runs are, in words; empty when all are trained and tested. */
export function progressWords({ runs }: Pick<ReproductionRow, 'runs'>): string {
  const words = runs.map((source) => seedWords(source)).filter((word) => word !== '');
  if (words.length === 0) return '';
  const [first] = words;
  if (words.every((word) => word === first) && words.length === runs.length) return first!;
  return runs.map((source) => [source.seed, seedWords(source)] as const).filter(([, word]) => word !== '').map(([seed, word]) => `seed ${seed}: ${word}`).join('; ');
}

function seedWords({ run, status, iteration, iterations, evaluated }: ReproductionSource): string {
  if (run === null) return 'not trained';
  if (status === 'diverged') return `diverged at iteration ${count(iteration)}`;
  if (evaluated !== null) return evaluated < iterations ? `after ${count(evaluated)} of ${count(iterations)} iterations` : '';
  return status === 'finished' ? 'trained, not tested' : `${status}, ${count(iteration)} of ${count(iterations)} iterations`;
}

/** What takes part, in one sentence for every cell: "0.00113 ± 0.0002". */
export const cellText = ({ mean, deviation }: ReproductionCell): string => (mean === null ? '–' : `${number(mean)}${deviation === null ? '' : ` ± ${number(deviation)}`}`);

/** The lowest trivial answers by column, a name that does not change once: "return the input 0.0175 / 0.204". */
export function trivialText({ cells }: Pick<ReproductionRow, 'cells'>): string {
  const lowest = cells.flatMap(({ references }) => references.slice(0, 1)).filter(({ label, error }, at, all) => label !== all[at - 1]?.label || error !== all[at - 1]?.error);
  return lowest.map(({ label, error }, at) => `${label === lowest[at - 1]?.label ? '' : `${label} `}${number(error)}`).join(' / ');
}

/** The file that a table is saved as. */
export const fileName = ({ table, scale }: ReproductionTable, format: TableFormat): string => `basin-${table}-${scale}.${{ csv: 'csv', markdown: 'md', latex: 'tex' }[format]}`;

export function renderTable(table: ReproductionTable, format: TableFormat): string {
  return { csv, markdown, latex }[format](table);
}

const quoted = (value: string | number | null): string => {
  const text = value === null ? '' : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

function csv({ columns, rows }: ReproductionTable): string {
  const head = ['task', 'method', 'system', 'runs', 'iterations', 'of_iterations', ...columns.flatMap(({ id }) => [id, `${id}_sd`, `${id}_n`, `${id}_published`, `${id}_trivial`, `${id}_trivial_name`]), 'published_verdict', 'trivial_verdict', 'verdict', 'progress'];
  const lines = rows.map((row) => [
    row.task,
    row.method,
    row.label,
    row.runs.map(({ run }) => run ?? '').join(' ').trim(),
    row.runs.map(({ evaluated }) => evaluated ?? '').join(' ').trim(),
    row.runs[0]?.iterations ?? '',
    ...row.cells.flatMap(({ mean, deviation, n, published, references }) => [mean, deviation, n, published, references[0]?.error ?? null, references[0]?.label ?? null]),
    row.verdict.published,
    row.verdict.trivial,
    row.verdict.text,
    progressWords(row),
  ]);
  return `${[head, ...lines].map((line) => line.map(quoted).join(',')).join('\n')}\n`;
}

function markdown({ title, about, columns, rows }: ReproductionTable): string {
  const plain = (text: string) => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
  const line = (cells: readonly string[]) => `| ${cells.map(plain).join(' | ')} |`;
  const published = rows.some(({ cells }) => cells.some((cell) => cell.published !== null));
  const cell = (one: ReproductionCell) => (one.lowest ? `**${cellText(one)}**` : cellText(one));
  const partial = rows.some((row) => progressWords(row) !== '');
  const head = ['task', 'system', ...columns.map(({ title: name }) => name), ...(published ? ['published'] : []), 'lowest trivial answer', 'verdict', ...(partial ? ['trained'] : [])];
  return `${[
    `**${title}.** ${about}`,
    '',
    line(head),
    `|${head.map((name, i) => (i >= 2 && i < 2 + columns.length ? '---:' : '---')).join('|')}|`,
    ...rows.map((row) => line([row.task, row.label, ...row.cells.map(cell), ...(published ? [publishedText(row)] : []), trivialText(row), row.verdict.text, ...(partial ? [progressWords(row) || 'whole'] : [])])),
  ].join('\n')}\n`;
}

/** Published errors of a row, as they were published, by column: "0.0003 / 0.0021", a dash where there is none. */
export const publishedText = ({ cells }: Pick<ReproductionRow, 'cells'>): string => (cells.every(({ published }) => published === null) ? '–' : cells.map(({ published }) => (published === null ? '–' : String(published))).join(' / '));

function latex({ title, about, columns, rows }: ReproductionTable): string {
  const plain = (text: string) => text.replaceAll(/[\\{}]/g, '').replaceAll(/[&%$#_]/g, '\\$&').replaceAll('±', '$\\pm$').replaceAll('–', '--').replaceAll('≤', '$\\leq$').replaceAll('λ', '$\\lambda$').replaceAll(/\s+/g, ' ');
  const figure = (value: number): string => {
    const text = number(value);
    const [, digits, power] = /^(.+)e(-?\d+)$/.exec(text) ?? [];
    return digits === undefined ? (value < 0 ? `$${text}$` : text) : `$${digits}\\cdot10^{${power}}$`;
  };
  const cell = ({ mean, deviation, lowest }: ReproductionCell): string => {
    if (mean === null) return '--';
    const text = `${figure(mean)}${deviation === null ? '' : ` $\\pm$ ${figure(deviation)}`}`;
    return lowest ? `\\textbf{${text}}` : text;
  };
  const line = (cells: readonly string[]) => `${cells.join(' & ')} \\\\`;
  const groups = [...new Set(rows.map(({ task }) => task))].map((task) => rows.filter((row) => row.task === task));
  return `${[
    '% needs \\usepackage{booktabs}',
    '\\begin{table}',
    `\\caption{${plain(`${title}. ${about}`)}}`,
    `\\begin{tabular}{ll${'r'.repeat(columns.length)}ll}`,
    '\\toprule',
    line(['Task', 'System', ...columns.map(({ title: name }) => plain(name)), 'Published', 'Lowest trivial answer']),
    ...groups.flatMap((group) => ['\\midrule', ...group.map((row) => line([plain(row.task), plain(row.label) + (progressWords(row) === '' ? '' : ` \\emph{(${plain(progressWords(row))})}`), ...row.cells.map(cell), plain(publishedText(row)), plain(trivialText(row))]))]),
    '\\bottomrule',
    '\\end{tabular}',
    '\\end{table}',
  ].join('\n')}\n`;
}
