import { isGraph } from '../contract/config.ts';
import type { RunConfig } from '../contract/config.ts';
import { BasinError } from '../contract/errors.ts';
import { encodeSafetensors } from '../formats/safetensors.ts';
import type { TensorToWrite } from '../formats/tensors.ts';
import { listProbes, readProbe } from '../../db/probes.ts';
import type { RunRow } from '../../db/runs.ts';
import { listMetrics, readSeries } from '../../db/series.ts';
import type { ReadStore } from '../../db/open.ts';
import { methodFor } from '../methods/index.ts';
import { latestCheckpoint } from '../../db/checkpoints.ts';
import { loadCheckpoint } from '../trainer/checkpoints.ts';
import type { ExportFormat } from './export-format.ts';

/** One metric's values with their iterations. */
interface Values {
  readonly iterations: Float64Array;
  readonly values: Float64Array;
}

/**
 * A run as the bytes of one file.
 *
 * - `csv`: one line an iteration that has numbers; columns are the metrics, then for each difficulty the probe's mean
 *   energy and mean error after its last update. An empty cell: not measured then.
 * - `json`: the run's facts, `config`, `metrics` (iterations and values), `probes` (means over the problems after each
 *   update) and `parameters` of the last checkpoint (shape and numbers). NaN and infinities are strings.
 * - `safetensors`: `param.<name>` of the last checkpoint under PyTorch names; `metric.<name>` and
 *   `metric.<name>.iterations`; `probe.<iteration>.<difficulty>.energies`, `.errors`, `.gradient_norms` [steps + 1,
 *   problems] and `.answers` [steps + 1, kept, width]; the configuration in the metadata. `basin import-weights` reads it.
 *
 * @throws BasinError `export.empty` when the run has nothing yet, `checkpoint.corrupt`
 */
export function exportRun(store: ReadStore, run: RunRow, format: ExportFormat): Uint8Array[] {
  const names = listMetrics(store, run.id).map(({ metric }) => metric);
  const metrics = new Map(names.sort(inNumericOrder).map((metric) => [metric, readValues(store, run.id, metric)]));
  // Curves can be had while a checkpoint cannot be read.
  const parameters = format === 'csv' ? undefined : readParameters(store, run);
  if (metrics.size === 0 && !parameters) throw new BasinError('export.empty', `Run ${run.id} (${run.name}) is ${run.status} and has recorded nothing yet: there is nothing to export`);
  const text = (value: string) => [new TextEncoder().encode(value)];
  if (format === 'csv') return text(toCsv(metrics, store, run.id));
  if (format === 'json') return text(toJson(metrics, parameters, store, run));
  return toSafetensors(metrics, parameters, store, run);
}

/** energy/2 before energy/10. */
const inNumericOrder = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

function readValues(store: ReadStore, run: number, metric: string): Values {
  const { iterations, values } = readSeries(store, run, metric);
  return { values, iterations: iterations instanceof Float64Array ? iterations : Float64Array.from(values, (_, i) => iterations.first + i) };
}

interface Parameters {
  readonly iteration: number;
  readonly config: RunConfig;
  readonly tensors: Readonly<Record<string, TensorToWrite>>;
}

function readParameters(store: ReadStore, run: RunRow): Parameters | undefined {
  if (!latestCheckpoint(store, run.id)) return undefined;
  const { iteration, config, state } = loadCheckpoint(store, run.id).checkpoint;
  const own = Object.keys(state.shapes).filter((name) => !name.startsWith('adam.'));
  return { iteration, config, tensors: Object.fromEntries(own.map((name) => [name, { shape: state.shapes[name]!, data: state.values[name]! }])) };
}

function toCsv(metrics: ReadonlyMap<string, Values>, store: ReadStore, run: number): string {
  const columns = [...metrics.keys()];
  const lines = new Map<number, string[]>();
  const put = (iteration: number, column: string, value: number) => {
    const at = columns.indexOf(column);
    let line = lines.get(iteration);
    if (!line) lines.set(iteration, (line = []));
    line[at < 0 ? columns.push(column) - 1 : at] = String(value);
  };
  for (const [metric, { iterations, values }] of metrics) iterations.forEach((iteration, i) => put(iteration, metric, values[i]!));
  for (const { iteration, difficulty, meanEnergies, meanErrors } of listProbes(store, run)) {
    if (meanEnergies.length > 0) put(iteration, `probe/${difficulty}/energy`, meanEnergies.at(-1)!);
    put(iteration, `probe/${difficulty}/error`, meanErrors.at(-1)!);
  }
  const rows = [...lines].sort(([a], [b]) => a - b).map(([iteration, cells]) => [iteration, ...columns.map((_, c) => cells[c] ?? '')].join(','));
  return [['iteration', ...columns].join(','), ...rows, ''].join('\n');
}

/** JSON has no NaN and no infinity: they become the strings "NaN", "Infinity" and "-Infinity". */
const exact = (_key: string, value: unknown): unknown => {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value;
};

function toJson(metrics: ReadonlyMap<string, Values>, parameters: Parameters | undefined, store: ReadStore, run: RunRow): string {
  const { config, ...facts } = run;
  return `${JSON.stringify({ run: facts, config, metrics: Object.fromEntries(metrics), probes: listProbes(store, run.id), parameters: parameters ?? null }, exact)}\n`;
}

function toSafetensors(metrics: ReadonlyMap<string, Values>, parameters: Parameters | undefined, store: ReadStore, run: RunRow): Uint8Array[] {
  const tensors: Record<string, TensorToWrite> = {};
  for (const [name, tensor] of Object.entries(parameters?.tensors ?? {})) tensors[`param.${name}`] = tensor;
  for (const [metric, { iterations, values }] of metrics) {
    tensors[`metric.${metric}`] = { shape: [values.length], data: values };
    tensors[`metric.${metric}.iterations`] = { shape: [values.length], data: iterations };
  }
  for (const { iteration, difficulty } of listProbes(store, run.id)) {
    const probe = readProbe(store, run.id, iteration, difficulty)!;
    const shape = [probe.steps + 1, probe.problems];
    const own = (name: string) => `probe.${iteration}.${difficulty}.${name}`;
    tensors[own('errors')] = { shape, data: probe.errors };
    if (methodFor(run.config.method).hasEnergy) {
      tensors[own('energies')] = { shape, data: probe.energies };
      tensors[own('gradient_norms')] = { shape, data: probe.gradientNorms };
    }
    if (probe.answersKept > 0) tensors[own('answers')] = { shape: [probe.steps + 1, probe.answersKept, probe.answers.length / ((probe.steps + 1) * probe.answersKept)], data: probe.answers };
  }
  const { method, task, rank, nodes } = run.config;
  return encodeSafetensors(tensors, {
    ...Object.fromEntries(Object.entries({ method, task, ...(isGraph(task) ? { nodes } : { rank }), run: run.name, engine: run.engine, device: run.device, ...(parameters ? { iteration: parameters.iteration } : {}) }).map(([key, value]) => [key, String(value)])),
    config: JSON.stringify(run.config),
    versions: JSON.stringify(run.versions),
  });
}
