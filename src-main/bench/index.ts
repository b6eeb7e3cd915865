import { tmpdir } from 'node:os';
import { resolveConfig } from '../contract/settings.ts';
import { firstFit, layoutsFor } from '../methods/graph/layout.ts';
import { nodesIn } from '../tasks/graph/layout.ts';
import { openTask } from '../tasks/index.ts';
import { createRng } from '../tasks/rng.ts';
import { BasinError } from '../contract/errors.ts';
import { findTorch, runPeer, type PeerCase } from './peer.ts';
import { compileTimes, openModel, reasoningTimes } from './reasoning.ts';
import { benchStore } from './store.ts';
import { trainingTimes } from './training.ts';
import { median, type BenchCase, type BenchOptions } from './types.ts';

/** Nothing but what the case measures: probes, checkpoints and snapshots have a case of their own, `recording`. */
const BARE = { probe_every: 0, checkpoint_every: 0, replay_store_every: 0 };

/** A case with a peer: what one block of ours measures, and the peer's block beside it. */
interface Race {
  readonly peer: PeerCase;
  ours(): Promise<number[]>;
}

const train = (name: string, size: 'quick' | 'paper', ours: number, theirs: number): Race => ({
  peer: { case: name, kind: 'train', size, repeats: theirs },
  ours: () => trainingTimes(size, { ...BARE, iterations: ours }),
});

const reason = (name: string, rows: number, steps: number, repeats: number): Race => ({
  peer: { case: name, kind: 'reason', size: 'paper', rows, steps, repeats },
  ours: async () => {
    const model = await openModel('paper');
    try {
      return await reasoningTimes(model, rows, steps, repeats);
    } finally {
      await model.engine.dispose();
    }
  },
});

/** Graphs in a batch of the bench. */
const GRAPHS = 64;

/** Shortest path on graphs of 2 to 10 nodes, 64 at once, 5 steps, without replay: whole iterations. */
const GRAPH: Race = {
  peer: { case: 'train-graph', kind: 'graph', repeats: 12 },
  ours: () => trainingTimes('graph', { ...BARE, batch: GRAPHS, replay_capacity: 0, iterations: 60 }),
};

const RACES: Readonly<Record<string, Race>> = Object.fromEntries(
  [GRAPH, train('train-paper', 'paper', 24, 12), train('train-quick', 'quick', 1200, 300), reason('reason-1', 1, 20, 30), reason('reason-512', 512, 20, 6)].map((race) => [race.peer.case, race]),
);

/** Cases without a peer. */
const SOLOS: Readonly<Record<string, () => Promise<BenchCase>>> = { compile, store, recording };

export const BENCH_CASES: readonly string[] = [...Object.keys(RACES), ...Object.keys(SOLOS)];

/**
 * Measures Basin on this machine, beside a plain PyTorch program where Python has PyTorch.
 *
 * @throws BasinError `bench.case` for a case that does not exist, `bench.peer`, `bench.run`
 */
export async function* runBench({ cases = [], rounds = 3, notice = () => undefined }: BenchOptions = {}): AsyncIterable<BenchCase> {
  for (const name of cases) if (!BENCH_CASES.includes(name)) throw new BasinError('bench.case', `There is no bench case "${name}"; cases: ${BENCH_CASES.join(', ')}`);
  const wanted = (name: string) => cases.length === 0 || cases.includes(name);
  const torch = findTorch();
  notice(torch ? `PyTorch ${torch.version} is the peer` : 'No python3 with PyTorch here: figures of ours only');
  for (const [name, race] of Object.entries(RACES)) {
    if (!wanted(name)) continue;
    notice(`${name}: ${rounds} rounds`);
    yield await run(name, race, rounds, torch?.python);
  }
  for (const [name, measure] of Object.entries(SOLOS)) {
    if (!wanted(name)) continue;
    notice(name);
    yield await measure();
  }
}

/** Blocks in turns; the median of all of ours against the median of the peer's blocks. */
async function run(name: string, race: Race, rounds: number, python: string | undefined): Promise<BenchCase> {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(...(await race.ours()));
    if (python) theirs.push((await runPeer(python, [race.peer]))[name]!);
  }
  const oursMs = median(ours);
  const peerMs = theirs.length > 0 ? median(theirs) : null;
  return { case: name, ours_ms: oursMs, peer_ms: peerMs, ratio: peerMs === null ? null : peerMs / oursMs, ...(race === GRAPH ? padding() : {}) };
}

/** Share of the edges that training computes, the peer's or ours, that are padding: measured on many batches of graphs of mixed sizes. */
function padding(): { readonly padding_percent: number; readonly peer_padding_percent: number } {
  const { nodes, ...config } = resolveConfig({}, 'graph');
  const task = openTask({ ...config, nodes });
  const layouts = layoutsFor(GRAPHS, nodes);
  const batches = 200;
  let real = 0;
  let computed = 0;
  for (let batch = 0; batch < batches; batch++) {
    const { x } = task.sample(createRng(0, 'padding', batch), GRAPHS, 'same', 'train');
    const sizes = Array.from({ length: GRAPHS }, (_, row) => nodesIn(x.subarray(row * task.widths.x, (row + 1) * task.widths.x))).toSorted((a, b) => b - a);
    real += sizes.reduce((sum, size) => sum + size ** 2, 0);
    computed += firstFit(layouts, sizes).reduce((sum, segment) => sum + segment.rows * segment.nodes ** 2, 0);
  }
  const percent = (edges: number) => 100 * (1 - real / edges);
  return { padding_percent: percent(computed), peer_padding_percent: percent(batches * GRAPHS * nodes ** 2) };
}

/** From TypeScript to the first result of a release-size training iteration, that iteration included. */
async function compile(): Promise<BenchCase> {
  const model = await openModel('paper');
  const times = await compileTimes(model, 2 * model.config.batch, 5);
  await model.engine.dispose();
  return { case: 'compile', ours_ms: median(times), peer_ms: null, ratio: null };
}

// eslint-disable-next-line @typescript-eslint/require-await -- SQLite answers at once
async function store(): Promise<BenchCase> {
  const figures = benchStore(tmpdir());
  return { case: 'store', ours_ms: figures.read_1m_ms, peer_ms: null, ratio: null, ...figures };
}

/** What telemetry, probes, checkpoints and snapshots cost a release-size run: two whole runs, with them and without. */
async function recording(): Promise<BenchCase> {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const iterations = 260;
  const bare = mean(await trainingTimes('paper', { ...BARE, iterations }));
  const recorded = mean(await trainingTimes('paper', { iterations }));
  return { case: 'recording', ours_ms: recorded, peer_ms: null, ratio: null, bare_ms: bare, overhead_percent: (recorded / bare - 1) * 100 };
}
