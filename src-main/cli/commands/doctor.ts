import { Command } from 'commander';
import type { PresetName } from '../../contract/config.ts';
import type { ProbeReport, ProbeTime } from '../../workbench/doctor.ts';
import { candidates, engineText } from '../../workbench/engine-wish.ts';
import { EXIT } from '../../terminal/exit.ts';
import { number } from '../format.ts';
import { deviceOption, engineOption, engineWish, presetOption, setOption, settingChanges, type EngineOptions, type SettingOptions } from '../options.ts';
import { sessionOf } from '../session.ts';
import { table } from '../table.ts';

type Options = SettingOptions & EngineOptions & { readonly preset?: PresetName };

export const doctor = () =>
  new Command('doctor')
    .summary('try every engine on this machine')
    .description(
      'Tries every engine in a process of its own: whether it runs, whether its numbers are right, and how fast it trains and reasons on a network of the size that the settings say. `--engine auto` goes by what was found last; run this again after installing a driver.',
    )
    .option('--task <task>', 'size the problems for this task')
    .addOption(presetOption())
    .addOption(setOption())
    .addOption(engineOption())
    .addOption(deviceOption())
    .action(async ({ preset, engine, device, ...options }: Options, command: Command) => {
      const { output, folder } = sessionOf(command);
      const engines = candidates(engineWish({ ...(engine ? { engine } : {}), ...(device ? { device } : {}) }));
      const { diagnose } = await import('../../workbench/doctor.ts');
      const { reports, fastest } = await diagnose(folder, { changes: settingChanges(options), engines, onStart: (id) => output.note(`Trying ${engineText(id)}…`), ...(preset ? { preset } : {}) });
      output.result(
        reports.map((report) => ({ ...report, chosen: fastest !== undefined && engineText(report.id) === engineText(fastest) })),
        () => `${describe(reports)}\n\n${fastest ? `auto takes ${engineText(fastest)}` : 'No engine works on this machine.'}`,
      );
      if (!fastest) process.exitCode = EXIT.failed;
    });

const describe = (reports: readonly ProbeReport[]): string =>
  table(
    [{ title: 'Engine' }, { title: 'Usable' }, { title: 'Error', align: 'right' }, { title: 'ms/iteration', align: 'right' }, { title: 'ms/step', align: 'right' }, { title: 'Why not, and what to do' }],
    reports.map(({ id, usable, relativeError, training, reasoning, reason, hint }) => [engineText(id), usable ? 'yes' : 'no', number(relativeError), time(training), time(reasoning), [reason, hint].filter((part) => part !== undefined).join('\n')]),
  );

const time = (measured: ProbeTime | undefined): string => (measured ? `${measured.atLeast ? '> ' : ''}${number(measured.ms)}` : '–');
