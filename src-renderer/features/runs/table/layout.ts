import { COLUMNS, type Column } from './columns.ts';

/** What the person chose of the columns; remembered. Ids that no longer exist are ignored. */
export interface ColumnLayout {
  /** Every column that was placed; others follow in their own order. */
  readonly order: readonly string[];
  /** Shown columns where that differs from the first choice: true shown, false hidden. */
  readonly shown: Readonly<Record<string, boolean>>;
  readonly widths: Readonly<Record<string, number>>;
}

export const FIRST_LAYOUT: ColumnLayout = { order: [], shown: {}, widths: {} };
export const LAYOUT_KEY = 'runs.columns';

/** The name is always there, in front: a row without it is nobody's. */
export const FIXED = 'name';
export const MIN_WIDTH = 48;
const MAX_WIDTH = 800;
const BY_ID = new Map(COLUMNS.map((column) => [column.id, column]));

/** A remembered layout, whatever was remembered. */
export function readLayout(remembered: unknown): ColumnLayout {
  if (typeof remembered !== 'object' || remembered === null) return FIRST_LAYOUT;
  const { order, shown, widths } = remembered as Partial<ColumnLayout>;
  return { order: Array.isArray(order) ? order.filter((id: unknown) => typeof id === 'string' && BY_ID.has(id)) : [], shown: shown ?? {}, widths: widths ?? {} };
}

/** Every column, in the person's order. */
export function orderedColumns(layout: ColumnLayout): readonly Column[] {
  const placed = layout.order.map((id) => BY_ID.get(id)!).filter(({ id }) => id !== FIXED);
  const rest = COLUMNS.filter(({ id }) => id !== FIXED && !layout.order.includes(id));
  return [BY_ID.get(FIXED)!, ...placed, ...rest];
}

export const isShown = (layout: ColumnLayout, column: Column): boolean => column.id === FIXED || (layout.shown[column.id] ?? column.shown ?? false);

export const shownColumns = (layout: ColumnLayout): readonly Column[] => orderedColumns(layout).filter((column) => isShown(layout, column));

export const widthOf = (layout: ColumnLayout, column: Column): number => layout.widths[column.id] ?? column.width;

export const withWidth = (layout: ColumnLayout, id: string, width: number): ColumnLayout => ({ ...layout, widths: { ...layout.widths, [id]: Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width))) } });

export const withShown = (layout: ColumnLayout, id: string, shown: boolean): ColumnLayout => ({ ...layout, shown: { ...layout.shown, [id]: shown } });

/** Puts a column before another one (or last); the name's place is fixed. */
export function withPlace(layout: ColumnLayout, id: string, before: string | null): ColumnLayout {
  if (id === FIXED || id === before) return layout;
  const others = orderedColumns(layout).map((column) => column.id).filter((other) => other !== id && other !== FIXED);
  const at = before === null ? others.length : before === FIXED ? 0 : others.indexOf(before);
  return { ...layout, order: [...others.slice(0, at), id, ...others.slice(at)] };
}

/** Moves a column past its shown neighbour. */
export function moved(layout: ColumnLayout, id: string, direction: 1 | -1): ColumnLayout {
  const shown = shownColumns(layout).map((column) => column.id);
  const at = shown.indexOf(id);
  const neighbour = shown[direction === 1 ? at + 2 : at - 1];
  if (at === -1 || (direction === -1 && at <= 1) || (direction === 1 && at === shown.length - 1)) return layout;
  return withPlace(layout, id, neighbour ?? null);
}
