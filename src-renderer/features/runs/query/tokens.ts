/** A term of a query as it was typed, before anyone asks whether it makes sense. */
export interface Token {
  /** As typed, for messages. */
  readonly text: string;
  readonly negated: boolean;
  /** Absent for a word that stands by itself. */
  readonly field?: string;
  readonly operator?: Operator;
  /** The word, or what the field is compared with; quotes are gone. */
  readonly value: string;
  /** In quotes: a word even where it could be a flag. */
  readonly quoted: boolean;
}

export type Operator = ':' | '=' | '!=' | '<' | '<=' | '>' | '>=';

const TERM = /(-?)(?:([a-z][\w]*)(<=|>=|!=|:|=|<|>))?(?:"([^"]*)"?|(\S*))/giy;

/** Splits a query into terms. Spaces separate, except inside quotes. */
export function tokens(query: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  while (at < query.length) {
    if (/\s/.test(query[at]!)) {
      at += 1;
      continue;
    }
    TERM.lastIndex = at;
    const [text, minus, field, operator, quotedValue, plain] = TERM.exec(query)!;
    at += Math.max(1, text.length);
    found.push({
      text,
      negated: minus === '-',
      ...(field === undefined ? {} : { field: field.toLowerCase(), operator: operator as Operator }),
      value: (quotedValue ?? plain ?? '').toLowerCase(),
      quoted: quotedValue !== undefined,
    });
  }
  return found;
}
