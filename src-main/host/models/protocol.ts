import type { Output, Parsed } from '../../contract/api/index.ts';
import type { EvaluationOptions } from '../../workbench/evaluation-result.ts';
import type { RunConfig } from '../../contract/config.ts';
import type { CheckpointChoice } from '../../workbench/checkpoint-choice.ts';
import type { NestedOptions, NestedResult } from '../../workbench/nested-result.ts';
import type { ErrorData } from '../../contract/errors.ts';

/** How a problem and an answer are drawn; contract/api/runs.ts. */
export type Problem = NonNullable<Output<'runs.get'>['problem']>;

/** What the process that holds models is asked, by name: what goes in and what comes out. */
export interface Asked {
  readonly walk: { input: Parsed<'reason.walk'>; output: Output<'reason.walk'> };
  readonly assess: { input: Parsed<'replay.assess'>; output: Output<'replay.assess'> };
  readonly evaluate: { input: Parsed<'runs.evaluate'> & Pick<EvaluationOptions, 'eachError'>; output: Output<'runs.evaluate'> };
  readonly energyError: { input: Parsed<'runs.energyError'>; output: Output<'runs.energyError'> };
  readonly nested: { input: { readonly run: number; readonly checkpoint: CheckpointChoice } & NestedOptions; output: NestedResult & { readonly iteration: number } };
  readonly export: { input: Parsed<'runs.export'>; output: Uint8Array };
  /** Opens a configuration's task: a data file may be large. */
  readonly problem: { input: RunConfig; output: Problem };
}

/** The first message says which store; then requests, each answered under its number, in any order. */
export type ToModels = { readonly folder: string } | { readonly id: number; readonly name: keyof Asked; readonly input: unknown };
export type FromModels = { readonly id: number } & ({ readonly value: unknown } | { readonly error: ErrorData });
