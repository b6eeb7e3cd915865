import type { ReproductionTable } from '../contract/api/reproduce.ts';
import { cellText, progressWords, publishedText, trivialText } from '../reproduction/render.ts';
import { table } from './table.ts';

/** A reproduced table for a terminal: one line a row, then what each row's numbers are worth. @param hint a command to type next */
export function reproductionText(filled: ReproductionTable, hint: (command: string) => string): string {
  const { title, about, columns, rows, missing, table: name, scale } = filled;
  const published = rows.some(({ cells }) => cells.some((cell) => cell.published !== null));
  const lines = rows.map((row) => [
    row.task,
    row.label,
    ...row.cells.map((cell) => `${cellText(cell)}${cell.lowest ? ' *' : '  '}`),
    ...(published ? [publishedText(row)] : []),
    trivialText(row),
    [row.verdict.text, progressWords(row)].filter((words) => words !== '').join('; '),
  ]);
  const head = [{ title: 'Task' }, { title: 'System' }, ...columns.map((column) => ({ title: `${column.title}  `, align: 'right' as const })), ...(published ? [{ title: 'Published' }] : []), { title: 'Lowest trivial' }, { title: 'Verdict' }];
  const rest = missing === 0 ? '' : `\n${missing} ${missing === 1 ? 'run is' : 'runs are'} missing or not finished: ${hint(`reproduce ${name} --scale ${scale}`)}`;
  return `${title}\n${about}\n\n${table(head, lines)}\n* the lowest of its task${rest}\n`;
}
