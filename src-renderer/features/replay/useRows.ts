import { computed, shallowRef, watch, type Ref } from 'vue';
import type { TrivialReference } from '../../../src-main/contract/api/shapes.ts';
import { usePreferences } from '../../stores/preferences.ts';
import type { View } from './address.ts';
import type { Column, Entries } from './entries.ts';
import { FIRST_DEFINITION, markFalseMinima, thresholds, type Definition } from './false-minima.ts';
import { filterRows, isFiltered, pick } from './filter.ts';
import { sortRows } from './sort.ts';
import { summarise } from './summary.ts';

const NO_ROWS = new Uint32Array(0);
const NO_MARKS = new Uint8Array(0);
const DEFINITION_KEY = 'replay.false-minima';

/** From a buffer and what is asked of it to the rows that are shown; each step is computed anew only when what it depends on changed. */
export function useRows(entries: Readonly<Ref<Entries | null | undefined>>, view: Readonly<Ref<View>>, references: Readonly<Ref<readonly TrivialReference[]>>, hasEnergy: Readonly<Ref<boolean>>) {
  const preferences = usePreferences();
  const definition = shallowRef<Definition>((preferences.layout.get(DEFINITION_KEY) as Definition | undefined) ?? FIRST_DEFINITION);
  watch(definition, (now) => preferences.remember(DEFINITION_KEY, now));

  const summary = computed(() => (entries.value ? summarise(entries.value) : undefined));
  const limits = computed(() => (entries.value ? thresholds(entries.value, definition.value, references.value) : { energy: NaN, error: NaN }));
  // Without an energy there are no minima.
  const marks = computed(() => (!entries.value ? NO_MARKS : hasEnergy.value ? markFalseMinima(entries.value, limits.value) : new Uint8Array(entries.value.count)));
  const falseMinima = computed(() => marks.value.reduce((sum, mark) => sum + mark, 0));
  const filter = computed(() => view.value.filter);
  const sort = computed(() => view.value.sort);
  const passing = computed(() => (entries.value ? filterRows(entries.value, filter.value, marks.value) : NO_ROWS));
  const rows = computed(() => (entries.value ? sortRows(passing.value, entries.value.columns[sort.value.column], sort.value.descending) : NO_ROWS));

  /** Values of a column that pass every other filter; where there is none, the column itself. */
  const valuesFor = (column: Column): Float64Array => (!entries.value ? new Float64Array(0) : !isFiltered(filter.value) ? entries.value.columns[column] : pick(entries.value.columns[column], filterRows(entries.value, filter.value, marks.value, column)));

  return { definition, summary, limits, marks, falseMinima, passing, rows, valuesFor };
}
