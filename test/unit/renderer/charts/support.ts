import type { LineSeries } from '../../../../src-renderer/charts/types.ts';

/** A curve over 0, 1, 2 …, or over given places. */
export const series = (key: string, y: readonly number[], more: Partial<LineSeries> = {}, x: readonly number[] = y.map((_, k) => k)): LineSeries => ({ key, label: key, x: Float64Array.from(x), y: Float64Array.from(y), colour: '#000', ...more });

export const number = (value: number): string => String(Number(value.toPrecision(3)));
export const count = (value: number): string => String(value);
