import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellAt, cellsAcross, cellWords, nextCell, placeOfCell } from '../../../../src-renderer/charts/matrix/draw-matrix.ts';
import { colourAt, limitOf, paintCells, placeOf, rampOf, type Rgb } from '../../../../src-renderer/charts/matrix-colours.ts';

/** Relative luminance and contrast of WCAG 2.2. */
function luminance([red, green, blue]: Rgb): number {
  const [r, g, b] = [red, green, blue].map((channel) => (channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
const contrast = (a: Rgb, b: Rgb): number => (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05);

/** Machado, Oliveira and Fernandes 2009, severity 1, on linear light: how a colour looks to somebody without red, green or blue cones. */
const BLIND = {
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
} as const;
const seenBy = (kind: keyof typeof BLIND, colour: Rgb): Rgb => {
  const linear = colour.map((channel) => (channel / 255) ** 2.2);
  return BLIND[kind].map((row) => 255 * Math.max(0, Math.min(1, row[0] * linear[0]! + row[1] * linear[1]! + row[2] * linear[2]!)) ** (1 / 2.2)) as unknown as Rgb;
};
const distance = (a: Rgb, b: Rgb): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

/** --surface-1 of the tokens. */
const SURFACE = { light: [255, 255, 255], dark: [24, 31, 39] } as const;

describe.each(['light', 'dark'] as const)('colours of matrices, %s', (theme) => {
  const dark = theme === 'dark';

  it('zero is the surface, and both ends stand out from it', () => {
    for (const scale of ['signed', 'magnitude'] as const) {
      const ramp = rampOf(scale, dark);
      expect(colourAt(ramp, placeOf(0, scale, 1))).toEqual(SURFACE[theme]);
      expect(contrast(colourAt(ramp, 1), SURFACE[theme])).toBeGreaterThan(7);
      if (scale === 'signed') expect(contrast(colourAt(ramp, 0), SURFACE[theme])).toBeGreaterThan(7);
    }
  });

  it('grow steadily away from zero: a greater magnitude never looks smaller', () => {
    for (const [scale, sign] of [['signed', 1], ['signed', -1], ['magnitude', 1]] as const) {
      const ramp = rampOf(scale, dark);
      let before = 1;
      for (let k = 1; k <= 20; k++) {
        const now = contrast(colourAt(ramp, placeOf((sign * k) / 20, scale, 1)), SURFACE[theme]);
        expect(now).toBeGreaterThan(before);
        before = now;
      }
    }
  });

  it('signs differ for every kind of colour blindness, at every magnitude that can be seen', () => {
    const ramp = rampOf('signed', dark);
    for (const kind of ['protan', 'deutan', 'tritan'] as const) {
      for (const size of [0.25, 0.5, 0.75, 1]) {
        const [plus, minus] = [size, -size].map((value) => seenBy(kind, colourAt(ramp, placeOf(value, 'signed', 1)))) as [Rgb, Rgb];
        expect(distance(plus, minus), `${kind} at ${size}`).toBeGreaterThan(25);
      }
    }
  });
});

describe('cells', () => {
  it('beyond the limit take its colour; non-finite ones the hatch’s ground', () => {
    const ramp = rampOf('signed', false);
    const pixels = new Uint8ClampedArray(5 * 4);
    expect(paintCells(Float32Array.of(9, 0, -1, -5, 0.5), 0, 5, 'signed', 1, ramp, pixels)).toBe(false);
    expect([...pixels.slice(0, 3)]).toEqual([...ramp.stops.at(-1)!]);
    expect([...pixels.slice(4, 7)]).toEqual([255, 255, 255]);
    expect([...pixels.slice(8, 11)]).toEqual([...pixels.slice(12, 15)]);
    expect(paintCells(Float32Array.of(NaN, Infinity), 0, 2, 'signed', 1, ramp, pixels)).toBe(true);
    expect([...pixels.slice(0, 3)]).toEqual([...ramp.hatch[0]]);
  });

  it('limit is the greatest finite magnitude, never zero', () => {
    expect(limitOf(Float32Array.of(-3, 2, NaN, Infinity))).toBe(3);
    expect(limitOf(Float32Array.of(0, NaN))).toBe(1);
  });

  const pictures = fc.record({ count: fc.integer({ min: 1, max: 4 }), rows: fc.integer({ min: 1, max: 12 }), columns: fc.integer({ min: 1, max: 12 }) });

  it('are found again where they are drawn, and nothing is between blocks', () => {
    fc.assert(fc.property(pictures, fc.nat(), (picture, pick) => {
      const index = pick % (picture.count * picture.rows * picture.columns);
      const { x, y } = placeOfCell(picture, index);
      expect(cellAt(picture, x + 0.5, y + 0.5)).toBe(index);
      expect(x).toBeLessThan(cellsAcross(picture));
      if (picture.count > 1) expect(cellAt(picture, picture.columns + 0.5, 0.5)).toBeUndefined();
    }));
  });

  it('can all be reached by arrow keys', () => {
    fc.assert(fc.property(pictures, (picture) => {
      const seen = new Set([0]);
      const waiting = [0];
      while (waiting.length > 0) {
        const from = waiting.pop()!;
        for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) {
          const to = nextCell(picture, from, key)!;
          if (!seen.has(to)) {
            seen.add(to);
            waiting.push(to);
          }
        }
      }
      expect(seen.size).toBe(picture.count * picture.rows * picture.columns);
    }), { numRuns: 30 });
    expect(nextCell({ count: 1, rows: 2, columns: 2 }, 0, 'Enter')).toBeUndefined();
  });

  it('are named by their place, counted from one', () => {
    expect(cellWords({ count: 2, rows: 3, columns: 4 }, 12 + 5)).toBe('matrix 2, row 2, column 2');
    expect(cellWords({ count: 1, rows: 3, columns: 4 }, 11)).toBe('row 3, column 4');
  });
});
