/** 0 … 255 each. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** The colours a matrix is drawn with in one theme. */
export interface Ramp {
  /** From the lowest (signed: −limit; magnitude: 0) to +limit, evenly spaced stops. */
  readonly stops: readonly Rgb[];
  /** Hatching of cells that are not finite. */
  readonly hatch: readonly [ground: Rgb, stroke: Rgb];
}

/*
 * Signed: blue and red differ for every kind of colour blindness and grow equally darker (light theme) or lighter (dark theme) away
 * from a neutral zero that is the surface. Magnitude: one hue (purple, which is neither a sign nor a verdict), zero = surface.
 */
const LIGHT_SIGNED: Ramp = { stops: [[5, 48, 97], [33, 102, 172], [103, 169, 207], [196, 221, 236], [255, 255, 255], [250, 212, 193], [239, 138, 98], [178, 24, 43], [103, 0, 31]], hatch: [[255, 255, 255], [22, 32, 43]] };
const DARK_SIGNED: Ramp = { stops: [[196, 226, 255], [120, 184, 240], [58, 134, 200], [34, 78, 120], [24, 31, 39], [112, 48, 40], [190, 76, 60], [240, 138, 116], [255, 212, 198]], hatch: [[24, 31, 39], [230, 235, 240]] };
const LIGHT_MAGNITUDE: Ramp = { stops: [[255, 255, 255], [218, 208, 235], [170, 148, 210], [120, 85, 175], [63, 20, 110]], hatch: [[255, 255, 255], [22, 32, 43]] };
const DARK_MAGNITUDE: Ramp = { stops: [[24, 31, 39], [66, 52, 104], [118, 92, 172], [176, 150, 222], [236, 224, 255]], hatch: [[24, 31, 39], [230, 235, 240]] };

export const rampOf = (scale: 'signed' | 'magnitude', dark: boolean): Ramp => (scale === 'signed' ? (dark ? DARK_SIGNED : LIGHT_SIGNED) : dark ? DARK_MAGNITUDE : LIGHT_MAGNITUDE);

/** The greatest finite magnitude; 1 where there is none above zero. */
export function limitOf(values: Float32Array): number {
  let limit = 0;
  for (const value of values) {
    const size = Math.abs(value);
    if (size > limit && size < Infinity) limit = size;
  }
  return limit > 0 ? limit : 1;
}

/** Where a value lies on a ramp, 0 … 1; beyond the limit at its end. */
export const placeOf = (value: number, scale: 'signed' | 'magnitude', limit: number): number => Math.max(0, Math.min(1, scale === 'signed' ? (value / limit + 1) / 2 : Math.abs(value) / limit));

/** The colour at a place 0 … 1 of a ramp. */
export function colourAt({ stops }: Ramp, place: number): Rgb {
  const at = place * (stops.length - 1);
  const low = Math.min(stops.length - 2, Math.floor(at));
  const part = at - low;
  const mix = (channel: 0 | 1 | 2): number => Math.round(stops[low]![channel] * (1 - part) + stops[low + 1]![channel] * part);
  return [mix(0), mix(1), mix(2)];
}

/** Steps of a table of colours, so that a thumbnail is a look-up a cell. */
const STEPS = 256;
const tables = new WeakMap<Ramp, Uint8ClampedArray>();

/** 257 colours of a ramp as RGBA, made once. Place p is at row round(256 p): zero of a signed ramp is exactly row 128. */
export function tableOf(ramp: Ramp): Uint8ClampedArray {
  let table = tables.get(ramp);
  if (!table) {
    table = new Uint8ClampedArray((STEPS + 1) * 4);
    for (let k = 0; k <= STEPS; k++) table.set([...colourAt(ramp, k / STEPS), 255], k * 4);
    tables.set(ramp, table);
  }
  return table;
}

/**
 * One block's cells as RGBA pixels, a cell a pixel. Cells that are not finite get the hatch's ground; the caller hatches them.
 * @param values row-major; the block's cells begin at `offset`
 * @returns whether a cell was not finite
 */
export function paintCells(values: Float32Array, offset: number, cells: number, scale: 'signed' | 'magnitude', limit: number, ramp: Ramp, pixels: Uint8ClampedArray): boolean {
  const table = tableOf(ramp);
  let broken = false;
  for (let k = 0; k < cells; k++) {
    const value = values[offset + k]!;
    if (!Number.isFinite(value)) {
      pixels.set([...ramp.hatch[0], 255], k * 4);
      broken = true;
      continue;
    }
    const row = Math.round(placeOf(value, scale, limit) * STEPS) * 4;
    pixels[k * 4] = table[row]!;
    pixels[k * 4 + 1] = table[row + 1]!;
    pixels[k * 4 + 2] = table[row + 2]!;
    pixels[k * 4 + 3] = 255;
  }
  return broken;
}

/** A colour as CSS. */
export const cssOf = ([red, green, blue]: Rgb): string => `rgb(${red} ${green} ${blue})`;
