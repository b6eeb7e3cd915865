import { Command, Option } from 'commander';
import { sizedTask } from '../../contract/words.ts';
import type { RunStatus } from '../../contract/events.ts';
import { BasinError } from '../../contract/errors.ts';
import { openLibrary, type RunRow } from '../../workbench/library.ts';
import { count, moment, number } from '../format.ts';
import { wholeNumber } from '../options.ts';
import { sessionOf } from '../session.ts';
import { table } from '../table.ts';

const STATUSES: readonly RunStatus[] = ['queued', 'running', 'stopped', 'finished', 'diverged', 'failed', 'interrupted'];

interface Options {
  readonly status?: RunStatus;
  readonly task?: string;
  readonly tag?: string;
  readonly limit?: number;
  readonly all?: true;
}

export const list = () =>
  new Command('list')
    .summary('list runs, newest first')
    .description('Lists the runs of the store, newest first.')
    .addOption(new Option('--status <status>', 'only runs in this state').choices(STATUSES))
    .option('--task <task>', 'only runs of this task')
    .option('--tag <tag>', 'only runs with this tag')
    .option('--limit <number>', 'at most so many', wholeNumber(1, 1_000_000))
    .option('--all', 'archived runs as well')
    .action(({ all, ...filter }: Options, command: Command) => {
      const { output, folder, hint } = sessionOf(command);
      const runs = runsIn(folder, { ...filter, ...(all ? {} : { archived: false }) });
      output.result(runs, () => (runs.length === 0 ? `No runs in ${folder}${Object.keys(filter).length > 0 ? ' that fit' : `. Train one: ${hint('train --preset quick')}`}` : overview(runs)));
    });

/** Where nothing has been trained yet there is no store, and so no runs. */
function runsIn(folder: string, filter: Parameters<ReturnType<typeof openLibrary>['list']>[0]): RunRow[] {
  try {
    const library = openLibrary(folder);
    try {
      return library.list(filter);
    } finally {
      library.close();
    }
  } catch (error) {
    if (error instanceof BasinError && error.code === 'store.missing') return [];
    throw error;
  }
}

const overview = (runs: readonly RunRow[]): string =>
  table(
    [
      { title: 'Run', align: 'right' },
      { title: 'Name' },
      { title: 'Status' },
      { title: 'Task' },
      { title: 'Iteration', align: 'right' },
      { title: 'Loss', align: 'right' },
      { title: 'Best error', align: 'right' },
      { title: 'Engine' },
      { title: 'Created' },
      { title: 'Tags' },
    ],
    runs.map(({ id, name, star, status, config, iteration, lastLoss, bestError, engine, device, createdAt, tags }) => [
      String(id),
      `${name}${star ? ' ★' : ''}`,
      status,
      sizedTask(config),
      `${count(iteration)}/${count(config.iterations)}`,
      number(lastLoss),
      number(bestError),
      `${engine}/${device}`,
      moment(createdAt),
      tags.join(', '),
    ]),
  );
