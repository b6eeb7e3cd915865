/** One measured number beside what it should be at most. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** At most; absent where a number is only told. */
  readonly limit?: number;
  readonly note?: string;
}

const number = (value: number): string => (Number.isNaN(value) ? '—' : value.toPrecision(3));

/** A line of the report. */
export function line({ name, value, unit, limit, note }: Figure): string {
  const verdict = limit === undefined ? '' : value <= limit ? `  within ${limit}` : `  ABOVE ${limit}`;
  return `${name.padEnd(52)} ${number(value).padStart(9)} ${unit.padEnd(5)}${verdict}${note ? `  (${note})` : ''}`;
}
