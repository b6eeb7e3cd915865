import { REPRODUCTION_TABLES, SCALES, type ReproductionTableName, type Scale } from '../../../src-main/contract/reproduction.ts';

/** What the page shows; the address is the view. */
export interface ReproduceView {
  readonly table: ReproductionTableName;
  readonly scale: Scale;
  readonly seeds: number;
}

export const FIRST_VIEW: ReproduceView = { table: 'continuous', scale: 'quick', seeds: 1 };
export const MOST_SEEDS = 20;

/** A view from an address; what is not understood is as on the first visit. */
export function readView(query: Readonly<Record<string, unknown>>): ReproduceView {
  const table = REPRODUCTION_TABLES.find((name) => name === query['table']) ?? FIRST_VIEW.table;
  const scale = SCALES.find((name) => name === query['scale']) ?? FIRST_VIEW.scale;
  const seeds = Number(query['seeds']);
  return { table, scale, seeds: Number.isInteger(seeds) && seeds >= 1 && seeds <= MOST_SEEDS ? seeds : FIRST_VIEW.seeds };
}

export const writeView = ({ table, scale, seeds }: ReproduceView): Record<string, string> => ({ table, scale, seeds: String(seeds) });
