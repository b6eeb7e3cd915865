import { Argument, Command, Option } from 'commander';
import { EXPORT_FORMATS, REPRODUCTION_TABLES, SCALES, type ReproductionTableName, type Scale, type TableFormat } from '../../contract/reproduction.ts';
import { renderTable } from '../../reproduction/render.ts';
import { fillTable } from '../../reproduction/table.ts';
import { testWith } from '../../reproduction/testing.ts';
import { work } from '../../reproduction/work.ts';
import { EXIT } from '../../terminal/exit.ts';
import { onInterrupt } from '../../terminal/interrupt.ts';
import { Workbench } from '../../workbench/workbench.ts';
import { BasinError } from '../../contract/errors.ts';
import { wholeNumber } from '../options.ts';
import { reproductionText } from '../reproduction-text.ts';
import { sessionOf } from '../session.ts';

interface Options {
  readonly scale: Scale;
  readonly seeds: number;
  readonly evaluateOnly?: boolean;
  readonly format?: TableFormat;
}

export const reproduce = () =>
  new Command('reproduce')
    .summary("train what the paper's tables need, test it, and print them")
    .description(
      "Trains what the paper's tables need and the store does not have yet, tests it, and prints each table: ours (mean and standard deviation over seeds), the published error, the lowest trivial answer, and a plain verdict. What is done already is skipped; Ctrl-C stops with a checkpoint, and the same command goes on.",
    )
    .addArgument(new Argument('[table]', 'one table; all of them unless given').choices(REPRODUCTION_TABLES))
    .addOption(new Option('--scale <scale>', 'quick: small problems, about ten minutes on two cores; paper: the constants of the released code, days on a CPU').choices(SCALES).default('quick'))
    .option('--seeds <number>', 'seeds of each row, from 0', wholeNumber(1, 20), 1)
    .option('--evaluate-only', 'train nothing: test what there is, as far as it got')
    .addOption(new Option('--format <format>', 'print the tables for a paper or a program').choices(EXPORT_FORMATS))
    .action(async (table: ReproductionTableName | undefined, { scale, seeds, evaluateOnly = false, format }: Options, command: Command) => {
      const { output, folder, hint } = sessionOf(command);
      const tables = table ? [table] : REPRODUCTION_TABLES;
      const workbench = Workbench.open(folder, { concurrency: 2 });
      const ending = new AbortController();
      const stopListening = onInterrupt(
        () => {
          output.note('Stopping with checkpoints… (Ctrl-C again ends it at once)');
          ending.abort();
        },
        () => process.exit(EXIT.interrupted),
      );
      const said = new Set<string>();
      try {
        const failures = await work(workbench, { tables, scale, seeds }, {
          test: testWith(workbench),
          evaluateOnly,
          signal: ending.signal,
          changed: ({ done, total, doing }) => {
            for (const { run, text } of doing) {
              if (run === null || said.has(text)) continue;
              said.add(text);
              output.note(`${done + 1} of ${total}: ${text} (run ${run})`);
            }
          },
        });
        for (const failure of failures) output.warn(failure);
        if (failures.length > 0) process.exitCode = EXIT.failed;
      } catch (error) {
        if (!(error instanceof BasinError && error.code === 'reproduce.stopped')) throw error;
        process.exitCode = EXIT.interrupted;
        output.warn(`${error.message}. What there is so far:`);
      } finally {
        stopListening();
      }
      try {
        const filled = tables.map((name) => fillTable(workbench, name, scale, seeds));
        output.result(filled, () => filled.map((one) => (format ? renderTable(one, format) : reproductionText(one, hint))).join('\n'));
      } finally {
        workbench.close();
      }
    });

