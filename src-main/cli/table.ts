/** A column of a table: its heading, and the side on which its cells line up. */
export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/**
 * Rows of text as an aligned table: headings, then one line a row, columns two spaces apart. Cells may hold several
 * lines only in the last column; they continue under its heading.
 */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map((column, c) => Math.max(column.title.length, ...rows.map((row) => Math.max(...(row[c] ?? '').split('\n').map((line) => line.length)))));
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + 2, 0);
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, c) => (columns[c]?.align === 'right' ? cell.padStart(widths[c]!) : c === columns.length - 1 ? cell.replaceAll('\n', `\n${' '.repeat(before)}`) : cell.padEnd(widths[c]!)))
      .join('  ')
      .trimEnd();
  return [line(columns.map((column) => column.title)), ...rows.map(line)].join('\n');
}

/** Names and values in two aligned columns, without headings. */
export function facts(pairs: readonly (readonly [string, string])[]): string {
  const width = Math.max(...pairs.map(([name]) => name.length));
  return pairs.map(([name, value]) => `${name.padEnd(width)}  ${value.replaceAll('\n', `\n${' '.repeat(width + 2)}`)}`.trimEnd()).join('\n');
}
