import { openStore, type WriteStore } from '../../../db/open.ts';
import { getRun, type RunRow } from '../../../db/runs.ts';
import { onTestFinished } from 'vitest';
import { openModel, type Model } from '../../../src-main/workbench/model.ts';
import { readWeights } from '../../../src-main/workbench/import-weights.ts';
import { createImported } from '../../../src-main/workbench/run-plan.ts';
import { COMPILED, golden, newFolder } from './sandbox.ts';

/** A store with one run that holds the weights of a golden file: by default IREM's, addition, rank 4. */
export async function importedRun(changes: Readonly<Record<string, unknown>> = {}, file = 'irem-addition-r4'): Promise<{ store: WriteStore; run: RunRow }> {
  const store = openStore(newFolder());
  onTestFinished(() => store.close());
  const weights = readWeights(golden(file), changes);
  const id = await createImported(store, { ...COMPILED, versions: {}, config: weights.config }, weights);
  return { store, run: getRun(store, id) };
}

export async function importedModel(changes: Readonly<Record<string, unknown>> = {}, file?: string): Promise<Model> {
  const { store, run } = await importedRun(changes, file);
  const model = await openModel(store, run, 'last', COMPILED);
  onTestFinished(() => model.dispose());
  return model;
}
