import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineTable } from '../../../../src-renderer/charts/line/line-table.ts';
import { csvOf, curveRows, curvesCsv, unionOfX } from '../../../../src-renderer/charts/save/csv.ts';
import { placeLegend } from '../../../../src-renderer/charts/save/picture.ts';
import { fileName } from '../../../../src-renderer/charts/save/save-file.ts';
import { fontOf, splitAlpha, SvgContext } from '../../../../src-renderer/charts/save/SvgContext.ts';
import { lineSummary } from '../../../../src-renderer/charts/words/summary.ts';
import { count, number, series } from './support.ts';

describe('CSV', () => {
  it('has every digit, one row an x, empty cells where a line has no sample, and NaN as NaN', () => {
    const text = curvesCsv([series('a', [0.1 + 0.2, NaN], {}, [0, 2]), series('b', [5], {}, [1])], 'Step k');
    expect(text).toBe('Step k,a,b\r\n0,0.30000000000000004,\r\n1,,5\r\n2,NaN,\r\n');
  });

  it('has both edges of a band', () => {
    const band = { low: Float64Array.of(1), high: Float64Array.of(3), meaning: '± sd' };
    expect(curveRows([series('a', [2], { band })], 'k')).toEqual([['k', 'a', 'a, band low', 'a, band high'], [0, 2, 1, 3]]);
  });

  it('quotes what would break it, and can be read back', () => {
    expect(csvOf([['a,b', 'say "x"', 'two\nlines', '=1']])).toBe('"a,b","say ""x""","two\nlines",=1\r\n');
    fc.assert(fc.property(fc.array(fc.array(fc.string(), { minLength: 1, maxLength: 4 }), { maxLength: 5 }), (rows) => {
      expect(parsed(csvOf(rows))).toEqual(rows);
    }));
  });

  it('joins places of lines, each once', () => {
    expect([...unionOfX([series('a', [1, 1], {}, [0, 3]), series('b', [1, 1], {}, [0, 2])])]).toEqual([0, 2, 3]);
    expect([...unionOfX([])]).toEqual([]);
  });
});

/** A reader of RFC 4180, written apart from the writer. */
function parsed(text: string): string[][] {
  const rows: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const row: string[] = [];
    for (;;) {
      let cell = '';
      if (text[at] === '"') {
        for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
          if (text[at] === '"') at++;
          cell += text[at]!;
        }
        at++;
      } else while (text[at] !== ',' && text[at] !== '\r') cell += text[at++]!;
      row.push(cell);
      if (text[at++] !== ',') break;
    }
    at++;
    rows.push(row);
  }
  return rows;
}

describe('a table of lines', () => {
  it('is whole while it is short, and says what it leaves out', () => {
    const short = lineTable('Loss', 'Iteration', [series('a', [1, 2]), series('ghost', [3], { background: true })], undefined, count);
    expect(short).toEqual({ caption: 'Loss.', header: ['Iteration', 'a'], rows: [[0, 1], [1, 2]] });
    const long = lineTable('Loss', 'Iteration', [series('a', Array.from({ length: 5000 }, (_, k) => k))], 100_000, count);
    expect(long.rows).toHaveLength(1000);
    expect(long.rows.at(-1)).toEqual([4999, 4999]);
    expect(long.caption).toBe('Loss. 1000 of 5000 rows, evenly spaced; the CSV file has all of them. Drawn from 100000 values with their exact extremes.');
    expect(lineTable('L', 'x', Array.from({ length: 200 }, (_, k) => series(`s${k}`, Array.from({ length: 5000 }, () => k))), undefined, count).rows.length).toBeLessThan(110);
  });
});

describe('a summary', () => {
  const about = { title: 'Loss', xTitle: 'Training iteration', references: [], empty: 'Nothing yet.' };

  it('tells range, first, last, lowest and highest of each line, and trivial answers', () => {
    const words = lineSummary({ ...about, series: [series('a', [3, 1, 2])], references: [{ y: 0.5, label: 'predict 0' }] }, number, count);
    expect(words).toBe('Loss, against training iteration from 0 to 2. 1 curve. a: first 3, last 2 at 2, lowest 1 at 1, highest 3 at 0. For comparison: predict 0 0.5.');
  });

  it('counts what is not finite, and says when nothing is', () => {
    expect(lineSummary({ ...about, series: [series('a', [3, NaN, Infinity, 2])] }, number, count)).toContain('2 values not finite');
    expect(lineSummary({ ...about, series: [series('a', [NaN, NaN])] }, number, count)).toContain('a: 2 values, none of them finite');
    expect(lineSummary({ ...about, series: [] }, number, count)).toBe('Loss. Nothing yet.');
  });

  it('of many lines tells some and counts the rest', () => {
    const words = lineSummary({ ...about, series: Array.from({ length: 200 }, (_, k) => series(`s${k}`, [k])), total: 9 }, number, count);
    expect(words).toContain('200 curves. Drawn from 9 values');
    expect(words).toContain('And 192 more.');
  });
});

describe('an SVG context', () => {
  const context = () => new SvgContext(100, 50, (text, font) => text.length * fontOf(font).size);

  it('writes lines with their style and dash', () => {
    const svg = context();
    svg.strokeStyle = 'rgb(22 32 43 / 8%)';
    svg.lineWidth = 1.75;
    svg.lineCap = 'round';
    svg.setLineDash([4, 3]);
    svg.beginPath();
    svg.moveTo(1.234, 2);
    svg.lineTo(3, 4.5678);
    svg.stroke();
    expect(svg.elements).toBe('<path d="M1.23 2L3 4.57" fill="none" stroke="rgb(22, 32, 43)" stroke-opacity="0.08" stroke-width="1.75" stroke-linecap="round" stroke-dasharray="4 3"/>');
  });

  it('moves and turns paths and text, and forgets that after restore', () => {
    const svg = context();
    svg.save();
    svg.translate(10, 20);
    svg.rotate(Math.PI / 2);
    svg.beginPath();
    svg.moveTo(1, 0);
    svg.lineTo(2, 0);
    svg.stroke();
    svg.fillText('Energy & E <0', 0, 0);
    svg.restore();
    svg.fillRect(0, 0, 1, 1);
    expect(svg.elements).toContain('M10 21L10 22');
    expect(svg.elements).toContain('transform="matrix(0 1 -1 0 10 20)"');
    expect(svg.elements).toContain('Energy &amp; E &lt;0</text>');
    expect(svg.elements).toContain('M0 0L1 0L1 1L0 1Z');
  });

  it('cuts what lies outside a clip, also in a clip of a clip', () => {
    const svg = context();
    svg.save();
    svg.beginPath();
    svg.rect(0, 0, 10, 10);
    svg.clip();
    svg.beginPath();
    svg.rect(5, 5, 10, 10);
    svg.clip();
    svg.fillRect(0, 0, 20, 20);
    svg.restore();
    svg.fillRect(1, 1, 1, 1);
    const [inside, outside] = svg.elements.split('\n');
    expect(inside).toContain('<clipPath id="clip1" clip-path="url(#clip0)">');
    expect(inside).toContain('clip-path="url(#clip1)"/>');
    expect(outside).not.toContain('clip-path');
  });

  it('draws a whole circle, and gives rectangles no trace in the path at hand', () => {
    const svg = context();
    svg.beginPath();
    svg.arc(10, 10, 5, 0, 2 * Math.PI);
    svg.fillRect(0, 0, 1, 1);
    svg.fill();
    expect(svg.elements.split('\n')[1]).toContain('d="M15 10A5 5 0 0 1 5 10A5 5 0 0 1 15 10"');
  });

  it('reads colours and fonts', () => {
    expect(splitAlpha('rgba(1, 2, 3, 0.5)')).toEqual({ colour: 'rgb(1, 2, 3)', opacity: 0.5 });
    expect(splitAlpha('#abc')).toEqual({ colour: '#abc', opacity: 1 });
    expect(fontOf("600 13px 'Inter Variable', sans-serif")).toEqual({ size: 13, family: "'Inter Variable', sans-serif", weight: '600' });
    expect(fontOf('normal 12px / 1.2 "A B"')).toMatchObject({ size: 12, weight: 'normal' });
    expect(context().measureText('abc')).toEqual({ width: 30 });
  });
});

describe('saved pictures', () => {
  it('have names that every system takes', () => {
    expect(fileName('Energy E, mean over 512 rows', 'png')).toBe('Energy-E-mean-over-512-rows.png');
    expect(fileName('a/b\\c: "λ" = 100?', 'csv')).toBe('a-b-c-λ-=-100.csv');
    expect(fileName('???', 'svg')).toBe('chart.svg');
    expect(fileName('x'.repeat(500), 'svg').length).toBeLessThan(90);
  });

  it('wrap their legend', () => {
    const entry = { label: 'abcdefghij', colour: '#000', dash: [] };
    const { placed, height } = placeLegend([entry, entry, entry], 150, (text) => text.length * 5);
    expect(placed.map(({ x, y }) => [x, y])).toEqual([[0, 10], [0, 30], [0, 50]]);
    expect(height).toBe(60);
    expect(placeLegend([], 150, () => 0).height).toBe(0);
  });
});
