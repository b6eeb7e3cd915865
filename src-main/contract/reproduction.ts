/*
 * The paper's tables as Basin reproduces them: what a page, the command line and the host say of them to each other.
 */

export const REPRODUCTION_TABLES = ['continuous', 'graph', 'nested', 'ablation', 'steps'] as const;
export type ReproductionTableName = (typeof REPRODUCTION_TABLES)[number];

/** `quick`: small problems and networks, minutes on a laptop's CPU. `paper`: the constants of the released code. */
export const SCALES = ['quick', 'paper'] as const;
export type Scale = (typeof SCALES)[number];

export const EXPORT_FORMATS = ['csv', 'markdown', 'latex'] as const;
export type TableFormat = (typeof EXPORT_FORMATS)[number];

/** Tag of runs that a reproduction has started. */
export const REPRODUCTION_TAG = 'reproduce';
