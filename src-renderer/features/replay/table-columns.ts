import type { Column } from './entries.ts';

/** A column of numbers in the table. */
export interface TableColumn {
  readonly column: Column;
  readonly title: string;
  /** What the number means, for the header's hint. */
  readonly meaning: string;
  /** px */
  readonly width: number;
  readonly kind: 'count' | 'number';
}

const ENERGY: TableColumn = { column: 'energy', title: 'Energy', meaning: 'Energy of the answer when it was stored', width: 64, kind: 'number' };
const FALL: TableColumn = { column: 'fall', title: 'Fall', meaning: 'How far the energy fell in the visit that found the answer, from before its first update to after its last', width: 64, kind: 'number' };
const ASSESSED: readonly TableColumn[] = [
  { column: 'energyNow', title: 'Energy now', meaning: 'Energy of the stored answer under the checkpoint’s weights', width: 80, kind: 'number' },
  { column: 'energyChange', title: 'Change', meaning: 'Energy now minus energy when stored: how training has moved the landscape under this answer', width: 64, kind: 'number' },
];
const REST: readonly TableColumn[] = [
  { column: 'error', title: 'Error', meaning: 'Mean squared error of the answer when it was stored', width: 72, kind: 'number' },
  { column: 'age', title: 'Age', meaning: 'Iterations since the answer was stored', width: 40, kind: 'count' },
  { column: 'uses', title: 'Uses', meaning: 'How often a replayed row started from it', width: 40, kind: 'count' },
  { column: 'generation', title: 'Gen.', meaning: 'Visits of the problem before this one: 0 for an answer found from noise', width: 40, kind: 'count' },
  { column: 'newestGeneration', title: 'Gen. now', meaning: 'Highest generation that this problem has reached in the buffer', width: 56, kind: 'count' },
  { column: 'uid', title: 'Entry', meaning: 'Number of the entry; a higher one was stored later', width: 64, kind: 'count' },
  { column: 'problem', title: 'Problem', meaning: 'Entry that began the problem: entries that share it share x and target', width: 64, kind: 'count' },
];

/** Columns that are shown only when a person asks for them: the rest fits beside the inspector. */
export const HIDDEN_AT_FIRST: readonly Column[] = ['problem'];

/** @param hasEnergy whether the method has an energy @param assessed whether energies under a checkpoint are known */
export const tableColumns = (hasEnergy: boolean, assessed: boolean): readonly TableColumn[] => [...(hasEnergy ? [ENERGY, FALL] : []), ...(hasEnergy && assessed ? ASSESSED : []), ...REST];
