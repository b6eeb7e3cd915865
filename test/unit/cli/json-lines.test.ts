import { describe, expect, it } from 'vitest';
import { iterationsOf, JsonLines } from '../../../src-main/cli/json-lines.ts';
import { toJson } from '../../../src-main/terminal/output.ts';

describe('iterationsOf', () => {
  it('turns series into one record an iteration, in order, with energies as a list', () => {
    const series = [
      { metric: 'loss', first: 4, values: Float64Array.of(0.5, 0.25) },
      { metric: 'ms', first: 4, values: Float64Array.of(2, 3) },
      { metric: 'energy/1', first: 4, values: Float64Array.of(-1, -2) },
      { metric: 'energy/0', first: 4, values: Float64Array.of(1, 2) },
      { metric: 'memory', first: 3, values: Float64Array.of(100) },
    ];
    expect(iterationsOf(series)).toEqual([
      { iteration: 3, memory: 100 },
      { iteration: 4, loss: 0.5, ms: 2, energy: [1, -1] },
      { iteration: 5, loss: 0.25, ms: 3, energy: [2, -2] },
    ]);
  });
});

describe('JsonLines', () => {
  it('writes a line for each iteration and each event; the end is the result’s', () => {
    const lines: unknown[] = [];
    const watcher = new JsonLines((line) => lines.push(JSON.parse(line)));
    watcher.event({ type: 'metrics', last: 1, series: [{ metric: 'loss', first: 1, values: Float64Array.of(NaN) }, { metric: 'ms', first: 1, values: Float64Array.of(2) }] });
    const arrays = { energies: Float32Array.of(9, 9, 1, 2), errors: Float32Array.of(9, 9, 0.25, 0.75), gradientNorms: new Float32Array(4), answers: new Float32Array(), answersKept: 0 };
    watcher.event({ type: 'probe', probe: { iteration: 1, difficulty: 'harder', steps: 1, problems: 2, ...arrays } });
    watcher.event({ type: 'checkpoint', iteration: 1, file: 'checkpoints/1/1.safetensors', best: true });
    watcher.event({ type: 'log', level: 'warning', iteration: 1, message: 'careful' });
    watcher.event({ type: 'ended', status: 'finished', iteration: 1 });
    expect(lines).toEqual([
      { iteration: 1, loss: 'NaN', ms: 2 },
      { event: 'probe', iteration: 1, difficulty: 'harder', updates: 1, problems: 2, error: 0.5, energy: 1.5 },
      { event: 'checkpoint', iteration: 1, file: 'checkpoints/1/1.safetensors', best: true },
      { event: 'log', level: 'warning', iteration: 1, message: 'careful' },
    ]);
  });
});

describe('toJson', () => {
  it('keeps numbers that JSON has not, and lists typed arrays', () => {
    expect(toJson({ a: NaN, b: [Infinity, -Infinity, 1], c: Float32Array.of(0.5, NaN), d: null })).toBe('{"a":"NaN","b":["Infinity","-Infinity",1],"c":[0.5,"NaN"],"d":null}');
  });
});
