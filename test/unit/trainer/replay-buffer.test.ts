import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRng } from '../../../src-main/tasks/rng.ts';
import { replayedRows } from '../../../src-main/contract/rows.ts';
import { ReplayBuffer, type Draw, type Found, type Visit } from '../../../src-main/trainer/replay-buffer.ts';
import { ObviousBuffer } from './obvious-buffer.ts';

const WIDTHS = { x: 3, y: 2 };
const MOST_STEPS = 3;

interface Turn {
  readonly fresh: number;
  readonly replayed: number;
  readonly steps: number;
  /** The buffer is saved and restored with this capacity before the turn. */
  readonly resize: number | undefined;
}

const turns = fc.array(
  fc.record({
    fresh: fc.integer({ min: 1, max: 7 }),
    replayed: fc.integer({ min: 0, max: 9 }),
    steps: fc.integer({ min: 1, max: MOST_STEPS }),
    resize: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined, freq: 5 }),
  }),
  { minLength: 1, maxLength: 30 },
);

/** A batch whose replayed rows begin with what was drawn; the rest is noise that tells rows apart. */
function visitOf(iteration: number, replayed: number, fresh: number, steps: number, drawn: { x: Float32Array; target: Float32Array }): Visit & Found {
  const rows = replayed + fresh;
  const rng = createRng(7, 'test', iteration);
  const noise = (length: number) => rng.fillUniform(new Float32Array(length), -1, 1);
  const x = noise(rows * WIDTHS.x);
  const target = noise(rows * WIDTHS.y);
  x.set(drawn.x.subarray(0, replayed * WIDTHS.x));
  target.set(drawn.target.subarray(0, replayed * WIDTHS.y));
  return { iteration, rows, x, target, answers: noise(rows * WIDTHS.y), errors: noise(rows), energies: noise((steps + 1) * rows) };
}

/** A whole iteration as the loop has it: the buffer hears of the batch before its answers are known. */
function store(buffer: ReplayBuffer, visit: Visit & Found, draw?: Draw): void {
  buffer.begin({ ...visit, ...(draw ? { draw } : {}) });
  buffer.finish(visit);
}

const room = (rows: number) => ({ x: new Float32Array(rows * WIDTHS.x), y0: new Float32Array(rows * WIDTHS.y), target: new Float32Array(rows * WIDTHS.y) });

test('holds, draws and remembers what the obvious buffer does, through saving and changes of capacity', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), turns, (capacity, sequence) => {
      let buffer = new ReplayBuffer(capacity, WIDTHS, MOST_STEPS);
      const obvious = new ObviousBuffer(capacity);
      sequence.forEach((turn: Turn, i) => {
        if (turn.resize !== undefined) {
          buffer = ReplayBuffer.restore(buffer.state(), turn.resize, WIDTHS, MOST_STEPS);
          obvious.resize(turn.resize);
          expect(buffer.snapshot(i)).toEqual(obvious.snapshot(i));
        }
        const replayed = obvious.size === 0 ? 0 : turn.replayed;
        const drawn = room(replayed);
        let draw: Draw | undefined;
        let parents: ReturnType<ObviousBuffer['draw']> = [];
        if (replayed > 0) {
          draw = buffer.draw(createRng(1, 'replay', i), replayed, drawn);
          parents = obvious.draw(createRng(1, 'replay', i), replayed);
          expect([...drawn.x]).toEqual(parents.flatMap(({ x }) => [...x]));
          expect([...drawn.y0]).toEqual(parents.flatMap(({ y }) => [...y]));
          expect([...drawn.target]).toEqual(parents.flatMap(({ target }) => [...target]));
        }
        const visit = visitOf(i, replayed, turn.fresh, turn.steps, drawn);
        store(buffer, visit, draw);
        obvious.store(visit, parents);
        expect(buffer.snapshot(i)).toEqual(obvious.snapshot(i));
      });
    }),
    { numRuns: 150 },
  );
});

/** Iterations as a run has them: from the second on, `replayed` rows of each batch restart from the buffer. */
function practise(buffer: ReplayBuffer, from: number, to: number, { fresh, replayed }: { fresh: number; replayed: number }): void {
  for (let i = from; i <= to; i++) {
    const drawn = room(replayed);
    const draw = buffer.isReady(fresh) ? buffer.draw(createRng(3, 'replay', i), replayed, drawn) : undefined;
    store(buffer, visitOf(i, draw ? replayed : 0, fresh, 2, drawn), draw);
  }
}

describe('a saved buffer', () => {
  test('goes on exactly like the one it was saved from', () => {
    const buffer = new ReplayBuffer(50, WIDTHS, MOST_STEPS);
    practise(buffer, 1, 40, { fresh: 6, replayed: 6 });
    const restored = ReplayBuffer.restore(buffer.state(), 50, WIDTHS, MOST_STEPS);
    practise(buffer, 41, 90, { fresh: 6, replayed: 6 });
    practise(restored, 41, 90, { fresh: 6, replayed: 6 });
    expect(restored.state()).toEqual(buffer.state());
    expect(restored.ancestors).toBeGreaterThan(0);
  });

  test('is a copy, also when the arrays of an earlier one are used again', () => {
    const buffer = new ReplayBuffer(10, WIDTHS, MOST_STEPS);
    practise(buffer, 1, 5, { fresh: 4, replayed: 4 });
    const saved = buffer.state();
    const before = structuredClone(saved);
    practise(buffer, 6, 9, { fresh: 4, replayed: 4 });
    expect(saved).toEqual(before);
    const again = buffer.state(saved);
    expect(again.living.x).toBe(saved.living.x);
    expect(again).toEqual(buffer.state());
  });
});

test('remembers only ancestors of living entries: memory stays flat', () => {
  const buffer = new ReplayBuffer(200, WIDTHS, MOST_STEPS);
  const known: number[] = [];
  for (let i = 1; i <= 2000; i += 10) {
    practise(buffer, i, i + 9, { fresh: 10, replayed: 30 });
    known.push(buffer.ancestors);
  }
  // Three of four rows are replayed, so an entry has three ancestors on average.
  const late = known.slice(-50);
  const earlier = known.slice(50, 100);
  const average = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  expect(average(late) / average(earlier)).toBeGreaterThan(0.8);
  expect(average(late) / average(earlier)).toBeLessThan(1.25);
  expect(Math.max(...known)).toBeLessThan(200 * 4);
});

test('draws uniformly: every entry of a full ring comes up about equally often', () => {
  const capacity = 20;
  const buffer = new ReplayBuffer(capacity, WIDTHS, MOST_STEPS);
  store(buffer, visitOf(1, 0, 33, 1, room(0)));
  const draws = 20_000;
  buffer.draw(createRng(5, 'replay', 1), draws, room(draws));
  const uses = buffer.snapshot(1).entries.map((entry) => entry.uses);
  const expected = draws / capacity;
  // Chi-squared with 19 degrees of freedom exceeds 43.8 once in a thousand times.
  expect(uses.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)).toBeLessThan(43.8);
});

test('wide rows are copied whole, and only they', () => {
  const widths = { x: 200, y: 130 };
  const buffer = new ReplayBuffer(3, widths, 1);
  const ramp = (length: number, from: number) => Float32Array.from({ length }, (_, i) => from + i);
  buffer.begin({ iteration: 1, rows: 3, x: ramp(600, 0), target: ramp(390, 10_000) });
  buffer.finish({ answers: ramp(390, 20_000), errors: new Float32Array(3), energies: new Float32Array(6) });
  const drawn = { x: new Float32Array(1000), y0: new Float32Array(650), target: new Float32Array(650) };
  const { parents } = buffer.draw(createRng(1, 'replay', 1), 4, drawn);
  for (let row = 0; row < 4; row++) {
    const uid = parents[row]!;
    expect(drawn.x.subarray(row * 200, (row + 1) * 200)).toEqual(ramp(200, uid * 200));
    expect(drawn.y0.subarray(row * 130, (row + 1) * 130)).toEqual(ramp(130, 20_000 + uid * 130));
    expect(drawn.target.subarray(row * 130, (row + 1) * 130)).toEqual(ramp(130, 10_000 + uid * 130));
  }
  expect([...drawn.x.subarray(800), ...drawn.y0.subarray(520)].every((value) => value === 0)).toBe(true);
});

test('replay begins when the buffer holds a fresh batch, or is full where it cannot', () => {
  const buffer = new ReplayBuffer(10, WIDTHS, MOST_STEPS);
  store(buffer, visitOf(1, 0, 4, 1, room(0)));
  expect([buffer.isReady(4), buffer.isReady(5)]).toEqual([true, false]);
  store(buffer, visitOf(2, 0, 8, 1, room(0)));
  expect(buffer.isReady(512)).toBe(true);
});

test('the replayed share is that of the whole batch', () => {
  const rows = (replay_fraction: number, batch = 512, replay_capacity = 10_000) => replayedRows({ batch, replay_fraction, replay_capacity });
  expect([rows(0.5), rows(0), rows(0.25), rows(0.95), rows(0.9, 1), rows(0.1, 1)]).toEqual([512, 0, 171, 9728, 9, 0]);
  expect(rows(0.5, 512, 0)).toBe(0);
});
