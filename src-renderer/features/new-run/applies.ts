import { GRAPH_TASKS, type RunConfig, type SettingName } from '../../../src-main/contract/config.ts';

/** Whether a setting matters with the others as they are. `hidden`: not of this task or method. `idle`: of no effect, and why. */
export type Applies = { readonly state: 'yes' } | { readonly state: 'hidden' } | { readonly state: 'idle'; readonly reason: string };

const YES: Applies = { state: 'yes' };
const HIDDEN: Applies = { state: 'hidden' };
const idle = (reason: string): Applies => ({ state: 'idle', reason });

type Values = Readonly<Record<SettingName, unknown>>;

/** @param values the form's, right or wrong */
export function applies(name: SettingName, values: Values): Applies {
  const isDataset = values.task === 'dataset';
  const of = (...methods: RunConfig['method'][]): Applies => (methods.some((method) => method === values.method) ? YES : HIDDEN);
  const onGraphs = GRAPH_TASKS.some((task) => task === values.task);
  const replayOff = values.replay_fraction === 0 || values.replay_capacity === 0;
  switch (name) {
    case 'seed':
      return HIDDEN; // A list of its own: one run for each.
    case 'data':
    case 'test_fraction':
      return isDataset ? YES : HIDDEN;
    case 'rank':
      return isDataset || onGraphs || values.task === 'addition-2d' ? HIDDEN : YES;
    case 'nodes':
    case 'nodes_harder':
      return onGraphs ? YES : HIDDEN;
    case 'hidden':
      return onGraphs || values.method === 'recurrent' ? HIDDEN : YES;
    case 'depth':
      return onGraphs ? HIDDEN : of('irem', 'feedforward', 'iterative-feedforward');
    case 'recurrent_hidden':
      return onGraphs ? HIDDEN : of('recurrent');
    case 'ponder_loss':
    case 'ponder_beta':
      return of('ponder');
    case 'decoder':
      return onGraphs && values.method !== 'irem' ? YES : HIDDEN;
    case 'iterative_loss':
      return of('iterative-feedforward');
    case 'steps':
    case 'steps_min':
      return values.method === 'feedforward' ? idle('No effect: a feedforward network answers in one pass') : YES;
    case 'step_size':
    case 'backprop':
    case 'langevin_noise':
    case 'learnable_step_size':
    case 'accept_only_descent':
      return of('irem');
    case 'replay_capacity':
      return values.replay_fraction === 0 ? idle('No effect: the replayed share is 0, so there is no replay buffer') : YES;
    case 'replay_fraction':
      return values.replay_capacity === 0 && values.replay_fraction !== 0 ? idle('No effect: the capacity is 0, so there is no replay buffer') : YES;
    case 'replay_fresh_stored':
      return replayOff ? idle('No effect: there is no replay buffer') : YES;
    case 'replay_store_every':
      return replayOff ? idle('No effect: there is no replay buffer to copy') : YES;
    case 'probe_problems':
    case 'probe_steps':
    case 'probe_answers':
      return values.probe_every === 0 ? idle('No effect: the probe interval is 0, so there are no probes') : YES;
    default:
      return YES;
  }
}

/**
 * Edits that are sent: those of settings that apply. What has no effect stays in the form, in case it comes back, and out of the
 * run's record. The setting that switches others off always applies, so nothing is ever lost both ways.
 */
export function sentNames(changed: readonly SettingName[], values: Values): SettingName[] {
  return changed.filter((name) => applies(name, values).state === 'yes');
}

/** What tasks are called. */
export const TASK_TITLES: Readonly<Record<RunConfig['task'], string>> = {
  addition: 'Addition',
  lowrank: 'Completion',
  inverse: 'Inverse',
  dataset: 'Your own data',
  identity: 'Identity',
  negate: 'Negate',
  square: 'Square',
  det: 'Determinant',
  lu: 'LU factors',
  qr: 'QR factors',
  sort: 'Sort',
  eigen: 'Eigenvector',
  equation: 'Equation',
  'shortest-path-matrix': 'Shortest path (matrix)',
  parity: 'Parity',
  'addition-2d': 'Addition in the plane',
  'edge-copy': 'Edge copy',
  connected: 'Connected components',
  'shortest-path': 'Shortest path',
};
export const TASK_MEANINGS: Readonly<Record<RunConfig['task'], string>> = {
  addition: 'Add two matrices: y = A + B. Tells methods apart; a linear map is exact.',
  lowrank: 'Complete a low-rank matrix of which half the entries are shown.',
  inverse: 'Invert a positive definite matrix: y = A⁻¹.',
  'edge-copy': 'Graphs: say of each edge the number that it has.',
  connected: 'Graphs: which nodes are in one component?',
  'shortest-path': 'Graphs: the length of the shortest path between each two nodes.',
  dataset: 'Problems x and answers y from a .safetensors or .npz file.',
  identity: 'Return the matrix: y = x.',
  negate: 'Return its negative: y = −x.',
  square: 'Multiply a matrix by itself: y = M·M / 5.',
  det: 'Ten times the determinant of a matrix.',
  lu: 'Lower and upper triangular factors by partial pivoting: x = P·L·U.',
  qr: 'Orthogonal and triangular factors: x = Q·R.',
  sort: 'Sort r² numbers upwards.',
  eigen: 'The eigenvector of a symmetric matrix with the largest eigenvalue.',
  equation: 'Solve A·y = b for a symmetric A.',
  'shortest-path-matrix': 'All shortest paths of a complete graph, as one matrix.',
  parity: 'Is an odd number of r bits 1?',
  'addition-2d': 'Add two vectors of the plane: an energy that can be drawn.',
};
/** What methods are called. */
export const METHOD_TITLES: Readonly<Record<RunConfig['method'], string>> = { irem: 'IREM', feedforward: 'Feedforward', recurrent: 'Recurrent', ponder: 'PonderNet', 'iterative-feedforward': 'Iterative feedforward' };
export const METHOD_MEANINGS: Readonly<Record<RunConfig['method'], string>> = {
  irem: 'Iterative reasoning through energy minimisation: answers walk downhill on a learned energy.',
  feedforward: 'The answer in one pass.',
  recurrent: 'An LSTM that sees the problem at every step.',
  ponder: 'Answers are fed back, with a learned time to halt.',
  'iterative-feedforward': 'A network’s own updates of the answer, trained by denoising.',
};
