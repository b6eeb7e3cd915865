import { isGraph, PRESETS, type RunConfig } from '../contract/config.ts';
import { DEFAULT_PROBLEMS, DEFAULT_STEPS } from '../contract/evaluation.ts';
import { GRAPH_SOURCE, NESTED_SOURCE, publishedErrors, publishedNested, PUBLISHED_SOURCE, type PublishedErrors } from '../contract/published.ts';
import type { ReproductionTableName, Scale } from '../contract/reproduction.ts';
import { resolveConfig } from '../contract/settings.ts';
import { NESTED_DEFAULTS } from '../workbench/nested-result.ts';

/*
 * What each table of the paper is made of: its rows (one configuration each, trained with several seeds), its columns, and how the runs
 * are tested. Pure data: nothing here looks into a store.
 */

/** A number of an evaluation, or of nested addition. */
export type PlannedColumn = { readonly id: string; readonly title: string } & ({ readonly difficulty: 'same' | 'harder'; readonly updates: number } | { readonly compositions: number });

export interface PlannedRow {
  readonly id: string;
  readonly label: string;
  /** Seed 0; other seeds differ in nothing else. */
  readonly config: RunConfig;
  /** Judged where it halts instead of after a column's number of updates. */
  readonly halts: boolean;
  /** By column id. */
  readonly published: Readonly<Record<string, number>>;
}

export interface PlannedTable {
  readonly name: ReproductionTableName;
  readonly title: string;
  readonly about: string;
  readonly columns: readonly PlannedColumn[];
  readonly rows: readonly PlannedRow[];
  readonly test: 'evaluation' | 'nested';
}

const CONTINUOUS = ['addition', 'lowrank', 'inverse'] as const;
const GRAPHS = ['edge-copy', 'connected', 'shortest-path'] as const;

interface System {
  readonly label: string;
  readonly settings: Partial<RunConfig>;
  readonly halts?: boolean;
}

/** The paper's systems. "Programmatic" is its name for PonderNet as released, where every step has the same weight. */
const SYSTEMS: readonly System[] = [
  { label: 'Feedforward', settings: { method: 'feedforward' } },
  { label: 'Recurrent', settings: { method: 'recurrent' } },
  { label: 'Programmatic (ponder, released loss)', settings: { method: 'ponder', ponder_loss: 'release' } },
  { label: 'PonderNet, where it halts', settings: { method: 'ponder' }, halts: true },
  { label: 'Iterative feedforward (denoising)', settings: { method: 'iterative-feedforward' } },
  { label: 'IREM', settings: { method: 'irem' } },
];

const GRAPH_SYSTEMS: readonly System[] = [
  { label: 'Feedforward (released decoder)', settings: { method: 'feedforward' } },
  { label: 'Feedforward, edge-aware decoder', settings: { method: 'feedforward', decoder: 'edge-aware' } },
  { label: 'Recurrent (released decoder)', settings: { method: 'recurrent' } },
  { label: 'Recurrent, edge-aware decoder', settings: { method: 'recurrent', decoder: 'edge-aware' } },
  { label: 'Programmatic (released decoder)', settings: { method: 'ponder', ponder_loss: 'release' } },
  { label: 'IREM', settings: { method: 'irem' } },
];

const ABLATION: readonly System[] = [
  { label: 'replay, last step differentiated (as released)', settings: {} },
  { label: 'replay, all steps differentiated', settings: { backprop: 'full' } },
  { label: 'no replay, last step differentiated', settings: { replay_fraction: 0 } },
  { label: 'no replay, all steps differentiated', settings: { replay_fraction: 0, backprop: 'full' } },
];

/** Small enough that all tables take about ten minutes on two cores. */
const QUICK = {
  matrices: { ...PRESETS.quick.settings, iterations: 6000, recurrent_hidden: 64 },
  graphs: { ...PRESETS['graph-quick'].settings },
} as const satisfies Record<string, Partial<RunConfig>>;

const SETTINGS: Readonly<Record<Scale, { readonly matrices: Partial<RunConfig>; readonly graphs: Partial<RunConfig> }>> = {
  quick: QUICK,
  paper: { matrices: {}, graphs: PRESETS.graph.settings },
};

/** How finished runs are tested: as `basin evaluate` does unless told, graphs with fewer updates (as released) and at quick scale fewer problems. */
export const testOf = ({ task }: RunConfig, scale: Scale) => ({
  checkpoint: 'last' as const,
  steps: DEFAULT_STEPS.filter((updates) => !isGraph(task) || updates <= 40),
  problems: isGraph(task) && scale === 'quick' ? 1024 : DEFAULT_PROBLEMS,
  harder: true,
});

const TITLES = { same: 'Same', harder: 'Harder' } as const;
const errors = (difficulty: 'same' | 'harder', updates: number): PlannedColumn => ({ id: `${difficulty}@${updates}`, title: `${TITLES[difficulty]}, ${updates} updates`, difficulty, updates });

function rowsOf(scale: Scale, tasks: readonly RunConfig['task'][], systems: readonly System[], publishedBy: (published: PublishedErrors) => Record<string, number | undefined>): PlannedRow[] {
  return tasks.flatMap((task) =>
    systems.map(({ label, settings, halts = false }): PlannedRow => {
      const config = resolveConfig({ ...SETTINGS[scale][isGraph(task) ? 'graphs' : 'matrices'], ...settings, task, seed: 0 });
      const published = Object.fromEntries(Object.entries(publishedBy(publishedErrors(config) ?? {})).filter((entry): entry is [string, number] => entry[1] !== undefined));
      return { id: [task, ...Object.values(settings)].join(' '), label, config, halts, published };
    }),
  );
}

const mse = 'Mean squared error';
const sizes = (scale: Scale) => (scale === 'quick' ? 'Small problems and networks (rank 4): the published errors are of rank 20 and not compared.' : `Published: ${PUBLISHED_SOURCE}.`);
const graphSizes = (scale: Scale) => (scale === 'quick' ? `Small graphs (${QUICK.graphs.nodes} nodes, harder ${QUICK.graphs.nodes_harder}): the published errors are of 10 and 15 nodes and not compared.` : `Published: ${GRAPH_SOURCE}.`);

/**
 * The plan of a table.
 *
 * Continuous and graph errors are taken after 40 updates, four times (graphs: eight times) as many as in training; `steps` has the others.
 */
export function planOf(name: ReproductionTableName, scale: Scale): PlannedTable {
  const headline = (published: PublishedErrors) => ({ 'same@40': published.same, 'harder@40': published.harder });
  switch (name) {
    case 'continuous':
      return { name, test: 'evaluation', title: 'Continuous tasks', about: `${mse} after 40 updates on ${DEFAULT_PROBLEMS.toLocaleString('en')} fresh problems, as in training and harder. ${sizes(scale)}`, columns: [errors('same', 40), errors('harder', 40)], rows: rowsOf(scale, CONTINUOUS, SYSTEMS, headline) };
    case 'graph':
      return { name, test: 'evaluation', title: 'Graph tasks', about: `${mse} over edges after 40 updates. ${graphSizes(scale)} The released decoder can only say a_i + b_j of an edge (i, j).`, columns: [errors('same', 40), errors('harder', 40)], rows: rowsOf(scale, GRAPHS, GRAPH_SYSTEMS, headline) };
    case 'nested': {
      const columns = [1, 3, 5, 7, 9].map((compositions): PlannedColumn => ({ id: `composed@${compositions}`, title: `${compositions} ${compositions === 1 ? 'composition' : 'compositions'}`, compositions }));
      const rows = rowsOf(scale, ['addition'], SYSTEMS, () => ({})).map((row) => {
        const published = publishedNested(row.config);
        return { ...row, halts: false, published: published === undefined ? {} : { 'composed@9': published } };
      });
      return { name, test: 'nested', title: 'Nested addition', about: `${mse} of the sum of 2 to 10 matrices, found by adding one after another with the trained adder, ${NESTED_DEFAULTS.steps} updates each, on ${NESTED_DEFAULTS.problems.toLocaleString('en')} problems. ${scale === 'quick' ? sizes(scale) : `Published: ${NESTED_SOURCE}.`}`, columns, rows };
    }
    case 'ablation':
      return { name, test: 'evaluation', title: 'Ablation of IREM', about: `${mse} of addition after as many updates as in training and after eight times as many. Nothing published is known to us.`, columns: [errors('same', 10), errors('same', 80), errors('harder', 10), errors('harder', 80)], rows: rowsOf(scale, ['addition'], ABLATION, () => ({})) };
    case 'steps': {
      const walks = SYSTEMS.filter(({ settings, halts }) => settings.method !== 'feedforward' && !halts);
      const graphs = GRAPH_SYSTEMS.filter(({ settings: { method, decoder } }) => method !== 'feedforward' && decoder === undefined);
      const columns = (['same', 'harder'] as const).flatMap((difficulty) => DEFAULT_STEPS.map((updates) => errors(difficulty, updates)));
      return { name, test: 'evaluation', title: 'Error over steps', about: `${mse} after 10, 20, 40 and 80 updates (graphs: to 40; trained with 5). Published errors of single steps are known to us from a plot alone, for shortest path: see docs/method.md.`, columns, rows: [...rowsOf(scale, CONTINUOUS, walks, () => ({})), ...rowsOf(scale, ['shortest-path'], graphs, () => ({}))] };
    }
  }
}
