import { cssOf, limitOf, paintCells, rampOf } from '../matrix-colours.ts';
import type { Picture } from '../types.ts';

/** Free cells between two blocks side by side. */
export const GAP = 1;
/** Pixels a cell where some are hatched: a hatch needs room. */
const HATCHED = 7;

export const cellsAcross = ({ count, columns }: Picture): number => count * columns + (count - 1) * GAP;

/** Width and height of a picture in px. @param size its shorter side @param height where its cells shall not be square */
export function sizeOf(picture: Picture, size: number, height?: number): { readonly width: number; readonly height: number } {
  const across = cellsAcross(picture);
  const cell = size / Math.min(across, picture.rows);
  return { width: across * cell, height: height ?? picture.rows * cell };
}

/** Draws matrices on a canvas, which gets a pixel a cell (the page enlarges it without blur), or a few where cells are hatched. */
export function drawMatrix(canvas: HTMLCanvasElement, values: Float32Array, picture: Picture, scale: 'signed' | 'magnitude', limit: number | undefined, dark: boolean): void {
  const { count, rows, columns } = picture;
  const ramp = rampOf(scale, dark);
  const most = limit ?? limitOf(values);
  const blocks = Array.from({ length: count }, () => new ImageData(columns, rows));
  // Every block is painted: `some` would stop at the first that is broken.
  const broken = blocks.map((image, k) => paintCells(values, k * rows * columns, rows * columns, scale, most, ramp, image.data)).includes(true);
  const size = broken ? HATCHED : 1;
  canvas.width = cellsAcross(picture) * size;
  canvas.height = rows * size;
  const context = canvas.getContext('2d')!;
  for (const [k, image] of blocks.entries()) context.putImageData(image, k * (columns + GAP), 0);
  if (!broken) return;
  // Enlarged onto itself: the small picture lies in its corner.
  context.imageSmoothingEnabled = false;
  context.globalCompositeOperation = 'copy';
  context.drawImage(canvas, 0, 0, canvas.width / size, canvas.height / size, 0, 0, canvas.width, canvas.height);
  context.globalCompositeOperation = 'source-over';
  context.strokeStyle = cssOf(ramp.hatch[1]);
  context.lineWidth = 1;
  context.beginPath();
  for (let k = 0; k < values.length; k++) {
    if (Number.isFinite(values[k]!)) continue;
    const { x, y } = placeOfCell(picture, k);
    for (const shift of [0, size / 2]) {
      context.moveTo(x * size + shift, (y + 1) * size);
      context.lineTo((x + 1) * size, y * size + shift);
    }
  }
  context.stroke();
}

/** Column and row of a value on the canvas, in cells. */
export function placeOfCell({ rows, columns }: Picture, index: number): { x: number; y: number } {
  const block = Math.floor(index / (rows * columns));
  const within = index % (rows * columns);
  return { x: block * (columns + GAP) + (within % columns), y: Math.floor(within / columns) };
}

/** The value at a place, in cells; undefined between blocks and outside. */
export function cellAt({ count, rows, columns }: Picture, x: number, y: number): number | undefined {
  const block = Math.floor(x / (columns + GAP));
  const column = Math.floor(x) - block * (columns + GAP);
  const row = Math.floor(y);
  if (block < 0 || block >= count || column < 0 || column >= columns || row < 0 || row >= rows) return undefined;
  return block * rows * columns + row * columns + column;
}

/** Where an arrow key leads from a cell; over the gap into the next block, and no farther than the edges. */
export function nextCell(picture: Picture, index: number, key: string): number | undefined {
  const { x, y } = placeOfCell(picture, index);
  const { columns } = picture;
  if (key === 'Home') return cellAt(picture, 0, y);
  if (key === 'End') return cellAt(picture, cellsAcross(picture) - 1, y);
  if (key === 'ArrowUp') return cellAt(picture, x, y - 1) ?? index;
  if (key === 'ArrowDown') return cellAt(picture, x, y + 1) ?? index;
  const direction = key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : 0;
  if (direction === 0) return undefined;
  const atEdge = direction > 0 ? x % (columns + GAP) === columns - 1 : x % (columns + GAP) === 0;
  return cellAt(picture, x + direction * (atEdge ? 1 + GAP : 1), y) ?? index;
}

/** "matrix 2, row 3, column 4", counted from one; the matrix is named where there are several. */
export function cellWords({ count, rows, columns }: Picture, index: number): string {
  const within = index % (rows * columns);
  const place = `row ${Math.floor(within / columns) + 1}, column ${(within % columns) + 1}`;
  return count > 1 ? `matrix ${Math.floor(index / (rows * columns)) + 1}, ${place}` : place;
}
