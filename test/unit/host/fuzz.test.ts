import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ReadStore } from '../../../db/open.ts';
import { REQUESTS, type RequestName } from '../../../src-main/contract/api/index.ts';
import { REQUEST_NAMES } from '../../../src-main/contract/api/request-names.ts';
import { decodeMessage, encodeMessage } from '../../../src-main/contract/channel/codec.ts';
import type { Answer } from '../../../src-main/contract/channel/message.ts';
import { BasinError } from '../../../src-main/contract/errors.ts';
import { bench, TINY } from './pair.ts';

/** Everything in the store that a request could change. */
function contents(store: ReadStore): string {
  const tables = store.all<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`);
  const rows = tables.map(({ name }) => [name, store.all(`SELECT * FROM ${name}`)]);
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex');
}

/** A refusal that a person can act on: never a value, never a crash report. */
function expectRefused(answer: Answer): void {
  expect(answer.ok, JSON.stringify(answer).slice(0, 200)).toBe(false);
  if (answer.ok) return;
  expect(answer.error.kind, answer.error.stack ?? answer.error.message).not.toBe('bug');
  expect(answer.error.code).toMatch(/^[a-z]+(\.[a-z_-]+)+$/);
  expect(answer.error.message.length).toBeGreaterThan(10);
  expect(answer.error.message.length).toBeLessThan(20_000);
}

/** Anything that can arrive over a transport that carries structured clones. */
const anything = fc.anything({ withDate: true, withMap: true, withSet: true, withTypedArray: true, withBigInt: true, withSparseArray: true, maxDepth: 4 });
const poisoned = fc.constantFrom('__proto__', 'constructor', 'prototype');

async function session() {
  const { client, host, workbench } = bench();
  await client.request('runs.start', TINY);
  const opened = host.open(() => undefined);
  return { handle: (name: unknown, input: unknown) => opened.handle(name, input), store: workbench.store };
}

/** The host goes on as if nothing had happened. */
async function expectWhole(handle: (name: unknown, input: unknown) => Promise<Answer>, store: ReadStore, before: string): Promise<void> {
  expect(contents(store)).toBe(before);
  expect(await handle('runs.list', {})).toMatchObject({ ok: true, output: { runs: [{ id: 1 }] } });
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
}

describe('a host', () => {
  it('refuses names that are no requests, whatever they are', async () => {
    const { handle, store } = await session();
    const before = contents(store);
    await fc.assert(
      fc.asyncProperty(fc.oneof(anything, fc.string(), poisoned, fc.constantFrom('toString', 'hasOwnProperty', 'runs', 'runs.list.x')), anything, async (name, input) => {
        if (typeof name === 'string' && (REQUEST_NAMES as readonly string[]).includes(name)) return;
        expectRefused(await handle(name, input));
      }),
      { numRuns: 500 },
    );
    await expectWhole(handle, store, before);
  });

  it('refuses inputs that do not fit, for every request, and changes nothing', async () => {
    const { handle, store } = await session();
    const before = contents(store);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...REQUEST_NAMES), anything, async (name, input) => {
        if (REQUESTS[name].input.safeParse(input).success) return;
        expectRefused(await handle(name, input));
      }),
      { numRuns: 3000 },
    );
    await expectWhole(handle, store, before);
  });

  it('refuses inputs of the right shape with one thing wrong: a field missing, added, or of another kind', async () => {
    const { handle, store } = await session();
    const before = contents(store);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...(Object.keys(GOOD) as RequestName[])), fc.nat(), anything, fc.constantFrom('drop', 'add', 'replace', 'poison', 'nest'), poisoned, async (name, at, value, how, key) => {
        const good: Record<string, unknown> = { ...GOOD[name] };
        const fields = Object.keys(good);
        const field = fields[at % Math.max(1, fields.length)];
        const input =
          how === 'drop' ? Object.fromEntries(Object.entries(good).filter(([each]) => each !== field))
          : how === 'add' ? { ...good, [`x${at}`]: value }
          : how === 'replace' ? { ...good, ...(field === undefined ? { x: 1 } : { [field]: value }) }
          : how === 'poison' ? Object.defineProperty({ ...good }, key, { value: { polluted: true }, enumerable: true })
          : { ...good, ...(field === undefined ? { x: 1 } : { [field]: nested(good[field], 60) }) };
        if (how !== 'poison' && REQUESTS[name].input.safeParse(input).success) return;
        expectRefused(await handle(name, input));
      }),
      { numRuns: 3000 },
    );
    await expectWhole(handle, store, before);
  });

  it('refuses numbers, texts and lists beyond their bounds', async () => {
    const { handle, store } = await session();
    const before = contents(store);
    const bad: [RequestName, object][] = [
      ['runs.get', { run: 0 }], ['runs.get', { run: -1 }], ['runs.get', { run: 1.5 }], ['runs.get', { run: NaN }], ['runs.get', { run: 2 ** 60 }], ['runs.get', { run: 1e6 }],
      ['live.follow', { runs: Array.from({ length: 65 }, (_, i) => i + 1) }],
      ['series.read', { queries: [], points: 100 }], ['series.read', { queries: [{ run: 1, metric: 'm'.repeat(201) }], points: 100 }], ['series.read', { queries: [{ run: 1, metric: 'loss' }], points: 7 }],
      ['series.read', { queries: Array.from({ length: 2001 }, () => ({ run: 1, metric: 'loss' })), points: 100 }], ['series.read', { queries: [{ run: 77, metric: 'loss' }], points: 100 }],
      ['runs.annotate', { runs: [1], notes: 'n'.repeat(100_001) }], ['runs.annotate', { runs: [1], tags: ['t'.repeat(101)] }], ['runs.annotate', { runs: [1], name: '7' }], ['runs.annotate', { runs: [1], name: ' ' }], ['runs.annotate', { runs: [] }],
      ['runs.delete', { runs: [1] }], ['runs.delete', { runs: [5] }], ['runs.restore', { runs: [5] }], ['runs.delete', { runs: Array.from({ length: 10_001 }, (_, i) => i + 1) }],
      ['runs.start', { ...TINY, seeds: Array.from({ length: 101 }, (_, i) => i) }], ['runs.start', { ...TINY, seeds: [-1] }], ['runs.start', { ...TINY, changes: { task: 'dataset', data: '/no/such/file.npz' } }],
      ['runs.start', { ...TINY, changes: { iterations: Infinity } }], ['runs.start', { ...TINY, changes: { hidden: 'x'.repeat(5000) } }], ['runs.start', { ...TINY, engine: { engine: 'compiled', device: 'wasm' } }],
      ['runs.fork', { run: 1, from: 'last', changes: {}, tags: [] }], ['runs.fork', { run: 1, from: 12, changes: {}, tags: [] }], ['runs.resume', { run: 1 }], ['runs.resume', { run: 1, iterations: 0 }], ['runs.stop', { run: 9 }],
      ['app.layout', { key: 'A', value: 1 }], ['app.layout', { key: 'a/../b', value: 1 }], ['app.layout', { key: 'a'.repeat(65), value: 1 }], ['app.layout', { key: 'a', value: 'x'.repeat(2 ** 17) }], ['app.layout', { key: 'a', value: 3n }], ['app.layout', { key: 'a' }],
      ['app.prefer', { theme: 'pink' }], ['app.prefer', { concurrency: 0 }], ['app.prefer', { concurrency: 65 }], ['app.prefer', { digits: 2.5 }], ['app.save', { filename: '', content: new Uint8Array(1) }], ['app.save', { filename: 'a', content: [1] }],
      ['probes.read', { run: 1, iteration: 3, difficulty: 'same' }], ['probes.curves', { run: 1, limit: 1 }], ['replay.vectors', { run: 1, uids: Array.from({ length: 1001 }, (_, i) => i) }], ['replay.lineage', { run: 2, uid: 1 }],
      ['reason.walk', { run: 1, checkpoint: 'last', start: { kind: 'other' }, steps: 3 }], ['reason.walk', { run: 1, checkpoint: 'last', start: { kind: 'entry', uid: 1 }, steps: 1001 }],
      ['runs.validate', { changes: {}, fork: { run: 44, from: 'last' } }], ['runs.trial', { changes: { rank: 0 }, engine: 'auto' }],
    ];
    for (const [name, input] of bad) expectRefused(await handle(name, input));
    await expectWhole(handle, store, before);
  });

  it('answers a layout that goes round in a circle with a refusal', async () => {
    const { handle, store } = await session();
    const before = contents(store);
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    for (const value of [circle, { deep: nested(1, 5000) }, Array.from({ length: 200_000 }, () => 1)]) expectRefused(await handle('app.layout', { key: 'a', value }));
    await expectWhole(handle, store, before);
  });

  it('names the field, its value and what is allowed', async () => {
    const { handle } = await session();
    expect(await handle('runs.get', { run: 'first' })).toMatchObject({ error: { code: 'contract.input', message: expect.stringMatching(/"runs\.get".*run = "first".*expected number/) as string } });
    expect(await handle('probes.curves', { run: 1, limit: 5000, colour: 'red' })).toMatchObject({ error: { message: expect.stringMatching(/limit = 5000.*<=1000.*no field "colour"/) as string } });
    expect(await handle('runs.got', {})).toMatchObject({ error: { code: 'contract.request', message: expect.stringMatching(/"runs\.got".*runs\.get/) as string } });
  });
});

/** Inputs that are answered (or refused because of the store), to be spoilt. */
const GOOD: Partial<Record<RequestName, Record<string, unknown>>> = {
  'app.info': {},
  'app.layout': { key: 'a.b', value: { a: 1 } },
  'live.follow': { runs: [1] },
  'runs.list': {},
  'runs.get': { run: 1 },
  'runs.start': { ...TINY },
  'runs.fork': { run: 1, from: 'best', changes: { seed: 1 }, tags: [] },
  'runs.stop': { run: 1 },
  'runs.annotate': { runs: [1], star: true },
  'runs.delete': { runs: [1] },
  'series.read': { queries: [{ run: 1, metric: 'loss' }], points: 100, from: 1, to: 5 },
  'probes.read': { run: 1, iteration: 3, difficulty: 'same' },
  'replay.vectors': { run: 1, uids: [1, 2] },
  'reason.walk': { run: 1, checkpoint: 'last', start: { kind: 'fresh', difficulty: 'same', seed: 1 }, steps: 5 },
  'runs.evaluate': { run: 1, checkpoint: 'last', steps: [10], problems: 10, harder: false, plateau: { tolerance: 0.01, patience: 2 }, sizes: [10, 15] },
  'runs.evaluations': { runs: [1] },
  'runs.energyError': { run: 1, checkpoint: 'last', problems: 4, steps: 3 },
};

/** A value inside so many lists. */
const nested = (value: unknown, depth: number): unknown => (depth === 0 ? value : Array.from({ length: depth }).reduce<unknown>((inner) => [inner], value));

describe('messages as bytes', () => {
  it('are decoded or refused, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        try {
          expect(['request', 'answer', 'push']).toContain(decodeMessage(bytes).kind);
        } catch (error) {
          expect(error).toBeInstanceOf(BasinError);
          expect((error as BasinError).code).toBe('contract.message');
        }
      }),
      { numRuns: 20_000 },
    );
  });

  it('that were right once and are damaged are decoded or refused', () => {
    const right = encodeMessage({ kind: 'request', id: 7, name: 'series.read', input: { queries: [{ run: 1, metric: 'loss' }], points: 100, x: new Float64Array(3) } });
    fc.assert(
      fc.property(fc.nat(right.length - 1), fc.integer({ min: 0, max: 255 }), fc.nat(right.length), (at, byte, end) => {
        const bytes = right.slice(0, Math.max(1, end));
        bytes[at % bytes.length] = byte;
        try {
          decodeMessage(bytes);
        } catch (error) {
          expect((error as BasinError).code).toBe('contract.message');
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('with keys that reach into prototypes are refused', () => {
    const bytes = encodeMessage({ kind: 'request', id: 1, name: 'app.layout', input: JSON.parse('{"key":"a","value":{"__proto__":{"polluted":true}}}') as object });
    expect(() => decodeMessage(bytes)).toThrow(BasinError);
  });

  it('keep every number, NaN and infinities included', () => {
    fc.assert(
      fc.property(fc.float64Array(), fc.float32Array(), (wide, narrow) => {
        const message = { kind: 'push', name: 'x', payload: { wide, narrow } } as const;
        expect(decodeMessage(encodeMessage(message))).toEqual(message);
      }),
    );
  });
});
