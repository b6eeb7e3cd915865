import { DatasetController, type Chart, type Scale } from 'chart.js';

/** A dataset that knows its own extent and draws itself between Chart.js' axes. */
export interface PaintedDataset {
  type: 'painted';
  data: number[];
  x: readonly [number, number];
  y: readonly [number, number];
  paint(chart: Chart): void;
}

/** Chart.js gives axes, layout and pixels; the marks are drawn by whoever knows them. */
export class PaintedController extends DatasetController {
  static id = 'painted';
  // Chart.js asks for an element type by name; none is ever made.
  static defaults = { datasetElementType: false, dataElementType: 'point' };

  // Called by the base's constructor, before fields of this class exist.
  override addElements(): void {
    this._cachedMeta.data = [];
  }

  override buildOrUpdateElements(): void {
    this._cachedMeta.data = [];
  }

  override update(): void {
    // There are no elements to update.
  }

  override getMaxOverflow(): number {
    return 8;
  }

  override getMinMax(scale: Scale): { min: number; max: number } {
    const [min, max] = (this.getDataset() as unknown as PaintedDataset)[scale.axis as 'x' | 'y'];
    return { min, max };
  }

  override draw(): void {
    (this.getDataset() as unknown as PaintedDataset).paint(this.chart);
  }
}
