import { Command } from 'commander';
import { metric } from '../../contract/metrics.ts';
import { SETTINGS } from '../../contract/settings.ts';
import { openLibrary, type RunDetails } from '../../workbench/library.ts';
import { bytes, count, duration, moment, number } from '../format.ts';
import { sessionOf } from '../session.ts';
import { facts, table } from '../table.ts';

const LOG_LINES = 10;

export const show = () =>
  new Command('show')
    .summary('show what a run is and what was recorded of it')
    .description('Shows a run: its state, changed settings, metrics, probes, checkpoints and the end of its log.')
    .argument('<run>', "the run's number or name")
    .action((ref: string, _: object, command: Command) => {
      const { output, folder } = sessionOf(command);
      const library = openLibrary(folder);
      try {
        const details = library.show(ref);
        output.result(details, () => describe(details));
      } finally {
        library.close();
      }
    });

const describe = (details: RunDetails): string => [headline(details), settings(details), metrics(details), probes(details), checkpoints(details), log(details)].filter((part) => part !== '').join('\n\n');

function headline({ run }: RunDetails): string {
  const { id, name, status, config, iteration, engine, device, parentRun, parentIteration, createdAt, startedAt, endedAt, tags, notes, error, divergence, versions } = run;
  const lines: [string, string][] = [
    ['Run', `${id} (${name})`],
    ['Status', `${status}, iteration ${count(iteration)} of ${count(config.iterations)}`],
    ['Engine', `${engine}/${device} (${['basin', 'onnxruntime-node', '@tensorflow/tfjs-core'].flatMap((part) => (versions[part] ? [`${part} ${versions[part]}`] : [])).join(', ')})`],
    ['Created', moment(createdAt)],
  ];
  if (startedAt !== null) lines.push(['Started', `${moment(startedAt)}${endedAt === null ? '' : `, ended ${moment(endedAt)} (${duration(endedAt - startedAt)} after)`}`]);
  if (parentRun !== null) lines.push(['Forked from', `run ${parentRun} at iteration ${count(parentIteration ?? 0)}`]);
  if (tags.length > 0) lines.push(['Tags', tags.join(', ')]);
  if (notes !== '') lines.push(['Notes', notes]);
  if (divergence) lines.push(['Diverged', `at iteration ${count(divergence.iteration)}: ${divergence.quantity}${divergence.step >= 0 ? ` after ${divergence.step} updates` : ''} is not finite${divergence.checkpoint === undefined ? '' : `; last good checkpoint: iteration ${count(divergence.checkpoint)}`}`]);
  if (error) lines.push(['Error', error.message]);
  return facts(lines);
}

function settings({ run }: RunDetails): string {
  const changed = SETTINGS.filter((setting) => run.config[setting.name] !== setting.default);
  if (changed.length === 0) return 'Settings: the defaults';
  return table([{ title: 'Setting changed' }, { title: 'Value', align: 'right' }, { title: 'Default', align: 'right' }], changed.map((setting) => [setting.name, String(run.config[setting.name]), String(setting.default)]));
}

function metrics({ metrics: all }: RunDetails): string {
  if (all.length === 0) return '';
  const order = (name: string) => Number(/^energy\/(\d+)$/.exec(name)?.[1] ?? -1);
  return table(
    [{ title: 'Metric' }, { title: 'Values', align: 'right' }, { title: 'Newest', align: 'right' }, { title: 'Least', align: 'right' }, { title: 'Greatest', align: 'right' }, { title: 'Not finite', align: 'right' }, { title: 'What it is' }],
    all
      .toSorted((a, b) => order(a.metric) - order(b.metric))
      .map((each) => {
        const about = metric(each.metric);
        const shown = (value: number | null) => (about?.unit === 'bytes' && value !== null ? bytes(value) : number(value));
        return [each.metric, count(each.count), shown(each.newest), shown(each.min), shown(each.max), String(each.nonFinite), about?.title ?? ''];
      }),
  );
}

/** The newest probe of each difficulty, and the one with the lowest error. */
function probes({ probes: all }: RunDetails): string {
  const rows = (['same', 'harder'] as const).flatMap((difficulty) => {
    const own = all.filter((probe) => probe.difficulty === difficulty);
    const newest = own.at(-1);
    if (!newest) return [];
    const best = own.reduce((a, b) => (b.meanErrors.at(-1)! < a.meanErrors.at(-1)! ? b : a));
    return [[`newest, ${difficulty}`, newest] as const, [`best, ${difficulty}`, best] as const];
  });
  if (rows.length === 0) return '';
  return table(
    [{ title: 'Probe' }, { title: 'Iteration', align: 'right' }, { title: 'Problems', align: 'right' }, { title: 'Updates', align: 'right' }, { title: 'Error', align: 'right' }, { title: 'Energy at 0', align: 'right' }, { title: 'Energy at the end', align: 'right' }],
    rows.map(([title, { iteration, problems, steps, meanErrors, meanEnergies }]) => [title, count(iteration), String(problems), String(steps), number(meanErrors.at(-1)), number(meanEnergies[0]), number(meanEnergies.at(-1))]),
  );
}

function checkpoints({ checkpoints: all }: RunDetails): string {
  if (all.length === 0) return '';
  return table(
    [{ title: 'Checkpoint', align: 'right' }, { title: 'Probe error', align: 'right' }, { title: 'Size', align: 'right' }, { title: 'File' }],
    all.map(({ iteration, error, best, bytes: size, file }) => [count(iteration), `${number(error)}${best ? ' best' : ''}`, bytes(size), file]),
  );
}

function log({ log: all }: RunDetails): string {
  if (all.length === 0) return '';
  return table([{ title: 'Log', align: 'right' }, { title: 'Level' }, { title: 'Message' }], all.slice(-LOG_LINES).map(({ iteration, level, message }) => [count(iteration), level, message]));
}
