import { isGraph, type RunConfig } from '../../../src-main/contract/config.ts';
import { methodHasEnergy } from '../../../src-main/contract/methods.ts';
import { replayedRows } from '../../../src-main/contract/rows.ts';

/** How a configuration reads in words. Every number in it comes from the configuration, in its own digits. */
export interface Description {
  readonly problem: string;
  readonly reasoning: string;
  readonly training: string;
  readonly extent: string;
}

/** A number in its own digits, thousands separated. */
const plain = (n: number): string => (Number.isInteger(n) ? n.toLocaleString('en') : String(n));
const counted = (n: number, unit: string): string => `${n.toLocaleString('en')} ${unit}${n === 1 ? '' : 's'}`;

export function describe(config: RunConfig): Description {
  return { problem: problem(config), reasoning: methodHasEnergy(config.method) ? reasoning(config) : answering(config), training: training(config), extent: extent(config) };
}

function problem({ task, rank, nodes, data, test_fraction }: RunConfig): string {
  const size = `${rank} × ${rank}`;
  if (task === 'dataset') return `Learns y from x of ${data === '' ? 'a file' : data.split(/[\\/]/).at(-1)!}; ${(test_fraction * 100).toLocaleString('en', { maximumFractionDigits: 2 })} % of its rows are kept for tests`;
  return PROBLEMS[task](size, rank, nodes === 2 ? 'graphs of 2 nodes' : `graphs of 2 to ${nodes} nodes`);
}

const PROBLEMS: Readonly<Record<Exclude<RunConfig['task'], 'dataset'>, (size: string, rank: number, graphs: string) => string>> = {
  addition: (size) => `Adds two ${size} matrices`,
  lowrank: (size) => `Completes ${size} matrices of low rank from about half their entries`,
  inverse: (size) => `Inverts ${size} matrices`,
  identity: (size) => `Copies ${size} matrices`,
  negate: (size) => `Negates ${size} matrices`,
  square: (size) => `Squares ${size} matrices, divided by 5`,
  det: (size) => `Finds ten times the determinant of ${size} matrices`,
  lu: (size) => `Factors ${size} matrices into L and U, with partial pivoting`,
  qr: (size) => `Factors ${size} matrices into Q and R`,
  sort: (_size, rank) => `Sorts ${plain(rank * rank)} numbers`,
  eigen: (size) => `Finds the leading eigenvector of symmetric ${size} matrices`,
  equation: (_size, rank) => `Solves ${counted(rank, 'linear equation')}`,
  'shortest-path-matrix': (_size, rank) => `Finds all shortest paths between ${counted(rank, 'node')}, as a matrix`,
  parity: (_size, rank) => `Finds the parity of ${counted(rank, 'bit')}`,
  'addition-2d': () => 'Adds two vectors of the plane',
  'edge-copy': (_size, _rank, graphs) => `Copies the edges of ${graphs}`,
  connected: (_size, _rank, graphs) => `Finds the components of ${graphs}`,
  'shortest-path': (_size, _rank, graphs) => `Finds shortest paths in ${graphs}`,
};

/** What a method without an energy does has no step size; one that answers at once has no steps. */
function answering({ method, steps, ...rest }: RunConfig): string {
  return method === 'feedforward' ? `One pass, ${rows(rest)}` : `${counted(steps, 'step')} from U(−1, 1), ${rows(rest)}`;
}

/** "10 steps of λ = 100 from U(−1, 1), last-step backprop, 512 fresh + 512 replayed rows" */
function reasoning({ steps, steps_min, step_size, learnable_step_size, langevin_noise, backprop, batch, ...rest }: RunConfig): string {
  const number = steps_min > 0 && steps_min < steps ? `${steps_min} to ${counted(steps, 'step')}, drawn anew in each iteration,` : counted(steps, 'step');
  const size = learnable_step_size ? `a learned λ that starts at ${plain(step_size)}` : `λ = ${plain(step_size)}`;
  const noise = langevin_noise > 0 ? ` with N(0, ${langevin_noise}²) added to each` : '';
  const through = backprop === 'full' ? (steps === 1 ? 'backprop through it' : 'backprop through all steps') : 'last-step backprop';
  return `${number} of ${size} from U(−1, 1)${noise}, ${through}, ${rows({ batch, ...rest })}`;
}

function rows(config: Pick<RunConfig, 'batch' | 'replay_fraction' | 'replay_capacity'>): string {
  const replayed = replayedRows(config);
  const fresh = config.batch.toLocaleString('en');
  if (replayed === 0) return `${counted(config.batch, 'fresh row')}, no replay`;
  // The buffer never holds as many answers as a replayed batch needs.
  if (config.replay_capacity < replayed) return `${counted(config.batch, 'fresh row')}; nothing is replayed, for the buffer never holds ${replayed.toLocaleString('en')} answers`;
  return `${fresh} fresh + ${replayed.toLocaleString('en')} replayed rows`;
}

function training({ task, hidden, depth, learning_rate, gradient_clip, accept_only_descent }: RunConfig): string {
  const clip = gradient_clip > 0 ? `, gradient norm clipped at ${plain(gradient_clip)}` : '';
  const descent = accept_only_descent ? '; after training, a step that raises the energy is not taken' : '';
  const network = isGraph(task) ? 'Three rounds of messages of 128 units' : `${counted(depth, 'hidden layer')} of ${counted(hidden, 'unit')}`;
  return `${network}, Adam at ${learning_rate}${clip}${descent}`;
}

function extent({ iterations, probe_every, probe_steps, checkpoint_every }: RunConfig): string {
  const probes = probe_every === 0 ? 'no probes' : `a probe of ${counted(probe_steps, 'step')} every ${probe_every.toLocaleString('en')}`;
  const checkpoints = checkpoint_every === 0 ? 'one checkpoint at the end' : `a checkpoint every ${checkpoint_every.toLocaleString('en')}`;
  return `${counted(iterations, 'iteration')}, ${probes}, ${checkpoints}`;
}
