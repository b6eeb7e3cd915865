import { z } from './zod.ts';

/**
 * The one record of what a run is: every setting with its range, default and meaning. It validates the command line
 * and the form, is stored with the run, and unknown keys are refused. Names are the field's own (and PyTorch's), so
 * that an exported configuration reads the same in Python.
 */

export type Group = 'problem' | 'model' | 'reasoning' | 'training' | 'replay' | 'extras' | 'recording';

/** What a form and `basin settings` show of one setting. */
export type SettingMeta = {
  readonly group: Group;
  readonly title: string;
  readonly meaning: string;
  readonly unit?: string;
};

const whole = (min: number, max: number) => z.number().int().min(min).max(max);
const real = (min: number, max: number) => z.number().min(min).max(max);
const about = (group: Group, title: string, meaning: string, unit?: string): SettingMeta => ({ group, title, meaning, ...(unit ? { unit } : {}) });

export const METHODS = ['irem', 'feedforward', 'recurrent', 'ponder', 'iterative-feedforward'] as const;
/** Problems on complete directed graphs: a number for each edge, graphs of different sizes in one batch. */
export const GRAPH_TASKS = ['edge-copy', 'connected', 'shortest-path'] as const;
export const TASKS = ['addition', 'lowrank', 'inverse', 'dataset', 'identity', 'negate', 'square', 'det', 'lu', 'qr', 'sort', 'eigen', 'equation', 'shortest-path-matrix', 'parity', 'addition-2d', ...GRAPH_TASKS] as const;

export const isGraph = (task: (typeof TASKS)[number]): boolean => GRAPH_TASKS.some((graph) => graph === task);

export const runConfigSchema = z.strictObject({
  method: z.enum(METHODS).default('irem').meta(about('model', 'Method', 'How answers are found; irem = iterative reasoning through energy minimisation; the others are its baselines and have no energy')),
  task: z.enum(TASKS).default('addition').meta(about('problem', 'Task', 'The problem family; dataset = your own problems from a file')),
  rank: whole(1, 64).default(20).meta(about('problem', 'Rank', 'Matrices are rank × rank and flattened (parity: so many bits; not used by dataset, addition-2d and graphs)')),
  nodes: whole(2, 30).default(10).meta(about('problem', 'Nodes', 'For graphs: training problems have from 2 to so many nodes, test problems exactly so many', 'nodes')),
  nodes_harder: whole(2, 30).default(15).meta(about('problem', 'Nodes, harder', 'For graphs: nodes of the harder problems', 'nodes')),
  data: z.string().max(4096).default('').meta(about('problem', 'Data file', 'For dataset: a .safetensors or .npz file with 2-D float arrays x and y, one problem a row')),
  test_fraction: real(0.01, 0.9).default(0.1).meta(about('problem', 'Test fraction', 'For dataset: share of the rows kept for probes and evaluation, drawn by seed')),
  seed: whole(0, 2 ** 31 - 1).default(0).meta(about('training', 'Seed', 'Decides initial weights, problems, first answers and replay draws')),

  hidden: whole(1, 8192).default(512).meta(about('model', 'Hidden width', 'Units in each hidden layer (recurrent has its own width; graphs: always 128)', 'units')),
  depth: whole(1, 16).default(3).meta(about('model', 'Depth', 'Number of hidden layers (recurrent and ponder are as deep as released; graphs: always three rounds of messages)', 'layers')),

  recurrent_hidden: whole(1, 8192).default(196).meta(about('model', 'LSTM width', 'For recurrent: units of its layer and its LSTM (it has no other width or depth)', 'units')),
  ponder_loss: z.enum(['pondernet', 'release']).default('pondernet').meta(about('model', 'Ponder loss', 'For ponder: each step weighted by its probability of halting there (Banino et al. 2021), or all steps alike (as released)')),
  ponder_beta: real(0, 1000).default(0.01).meta(about('model', 'Ponder β', 'For ponder: weight of the divergence of the halting distribution from Geometric(1/N)')),
  iterative_loss: z.enum(['denoising', 'unrolled']).default('denoising').meta(about('model', 'Iterative loss', 'For iterative-feedforward: one update learns to take away one of N levels of noise, or N updates learn from the last answer (as released)')),

  decoder: z.enum(['released', 'edge-aware']).default('released').meta(about('model', 'Decoder', 'For baselines on graphs: edges are read off their two nodes alone (as released: a_i + b_j), or off nodes and edge by a small network')),

  steps: whole(1, 1000).default(10).meta(about('reasoning', 'Steps N', 'Updates of the answer in one training iteration', 'steps')),
  step_size: real(1e-6, 1e6).default(100).meta(about('reasoning', 'Step size λ', 'For irem: length of an update along the negative energy gradient')),
  backprop: z.enum(['last-step', 'full']).default('last-step').meta(about('reasoning', 'Backprop', 'For irem: differentiate the last update only (as released), or all N')),

  iterations: whole(1, 10_000_000).default(10_000).meta(about('training', 'Iterations', 'Training iterations in the whole run', 'iterations')),
  batch: whole(1, 16_384).default(512).meta(about('training', 'Fresh rows', 'New problems in each iteration; replayed rows come on top', 'rows')),
  learning_rate: real(1e-8, 1).default(1e-4).meta(about('training', 'Learning rate', 'Step of Adam (betas 0.9 and 0.999, epsilon 1e-8)')),
  gradient_clip: real(0, 1e6).default(0).meta(about('training', 'Gradient clip', 'Largest global gradient norm; 0 = off')),

  replay_fraction: real(0, 0.95).default(0.5).meta(about('replay', 'Replayed share', 'Share of the whole batch that restarts from stored answers; 0 = no replay buffer')),
  replay_capacity: whole(0, 1_000_000).default(10_000).meta(about('replay', 'Capacity', 'Answers kept, oldest overwritten; 0 = no replay buffer', 'entries')),
  replay_fresh_stored: whole(0, 16_384).default(0).meta(about('replay', 'Fresh rows stored', 'Of a batch with replayed rows, only the first so many fresh ones are stored (as released for graphs: 40); 0 = all', 'rows')),

  langevin_noise: real(0, 10).default(0).meta(about('extras', 'Langevin noise σ', 'Training only: N(0, σ²) added to every update (Welling & Teh 2011; Du & Mordatch 2019); 0 = off')),
  learnable_step_size: z.boolean().default(false).meta(about('extras', 'Learn λ', 'λ becomes a parameter, kept positive as exp(log λ) and trained by Adam (as in Energy-Based Transformers, Gladstone et al. 2025)')),
  steps_min: whole(0, 1000).default(0).meta(about('extras', 'Random steps from', 'Training only: each iteration draws its number of steps from U{this … N} (randomised step counts, Gladstone et al. 2025); 0 = always N', 'steps')),
  accept_only_descent: z.boolean().default(false).meta(about('extras', 'Accept only descent', 'Reasoning after training only: an update that raises the energy is not taken (IRED, Du et al. 2024)')),

  probe_every: whole(0, 1_000_000).default(100).meta(about('recording', 'Probe interval', 'Fixed problems are solved again every so many iterations; 0 = never', 'iterations')),
  probe_problems: whole(1, 4096).default(32).meta(about('recording', 'Probe problems', 'Fixed problems of each difficulty (same and harder)', 'problems')),
  probe_steps: whole(1, 1000).default(80).meta(about('recording', 'Probe steps', 'Updates in a probe', 'steps')),
  probe_answers: whole(0, 64).default(1).meta(about('recording', 'Probe answers', 'Problems of each difficulty whose answer is kept at every step', 'problems')),
  checkpoint_every: whole(0, 1_000_000).default(250).meta(about('recording', 'Checkpoint interval', 'Iterations between checkpoints; 0 = only at the end', 'iterations')),
  checkpoint_keep: whole(1, 1000).default(3).meta(about('recording', 'Checkpoints kept', 'The last so many stay, and the best one', 'files')),
  replay_store_every: whole(0, 1_000_000).default(1000).meta(about('recording', 'Replay snapshot interval', 'Iterations between copies of the replay buffer into the store; 0 = only at the end', 'iterations')),
});

/** A complete, valid configuration. */
export type RunConfig = z.infer<typeof runConfigSchema>;
export type SettingName = keyof RunConfig;

/** What a preset changes from the defaults. */
export const PRESETS = {
  quick: {
    meaning: 'A laptop CPU finishes in about a minute and visibly learns: rank 4, hidden 128',
    settings: { rank: 4, hidden: 128, batch: 32, iterations: 16_000, learning_rate: 1e-3, replay_capacity: 2500, probe_every: 500, probe_steps: 40, checkpoint_every: 2000, replay_store_every: 0 },
  },
  paper: { meaning: 'The constants of the released code: rank 20, hidden 512, 10,000 iterations', settings: {} },
  graph: { meaning: 'The constants of the released code for graphs: 2 to 10 nodes, 5 steps, 32 replayed rows beside 512', settings: { task: 'shortest-path', steps: 5, replay_fraction: 32 / 544, replay_fresh_stored: 40, probe_steps: 40 } },
  'graph-quick': {
    meaning: 'Small graphs that a laptop CPU learns in under a minute: 2 to 6 nodes, 9 where harder, 5 steps',
    settings: { task: 'shortest-path', nodes: 6, nodes_harder: 9, steps: 5, batch: 64, iterations: 1200, learning_rate: 1e-3, replay_fraction: 8 / 72, replay_fresh_stored: 16, replay_capacity: 2500, probe_every: 250, probe_steps: 40, checkpoint_every: 1000, replay_store_every: 0 },
  },
} as const satisfies Record<string, { meaning: string; settings: Partial<RunConfig> }>;

export type PresetName = keyof typeof PRESETS;
