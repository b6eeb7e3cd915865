import { Command } from 'commander';
import type { GoldenReport, Quantity } from '../../workbench/verify.ts';
import { plainEngine } from '../../workbench/engine-wish.ts';
import { EXIT } from '../../terminal/exit.ts';
import { number } from '../format.ts';
import { deviceOption, engineOption, engineWish, positiveNumber, type EngineOptions } from '../options.ts';
import { sessionOf } from '../session.ts';
import { table } from '../table.ts';

interface Options extends EngineOptions {
  readonly tolerance: number;
}

export const verify = () =>
  new Command('verify')
    .summary('check the numbers against golden files')
    .description(
      'Replays golden files (a training problem with the answers that plain PyTorch gave in float64) and prints ‖ours − golden‖ / ‖golden‖: for each quantity, the largest among its tensors. Where golden is zero, ‖ours‖ itself is printed and marked with *. Exit code 1 when an error is above the tolerance, or a file cannot be replayed.',
    )
    .argument('<file...>', 'golden files (safetensors)')
    .option('--tolerance <number>', 'largest error allowed', positiveNumber, 1e-4)
    .addOption(engineOption().default('compiled'))
    .addOption(deviceOption())
    .action(async (files: string[], { tolerance, ...options }: Options, command: Command) => {
      const { output } = sessionOf(command);
      const id = plainEngine(engineWish(options));
      const { verifyGolden } = await import('../../workbench/verify.ts');
      const reports: GoldenReport[] = [];
      for await (const report of verifyGolden(files, id, tolerance)) {
        reports.push(report);
        if (output.json) output.result({ engine: id, tolerance, ...report }, () => '');
        else output.note(`${report.file}: ${report.passed ? 'passed' : 'FAILED'}`);
      }
      if (!output.json) output.result({}, () => describe(reports, `${id.engine}/${id.device}`, tolerance));
      if (!reports.every(({ passed }) => passed)) process.exitCode = EXIT.failed;
    });

/** As `QUANTITIES`, which is loaded with the engines. */
const COLUMNS: readonly Quantity[] = ['energies', 'outputs', 'loss', 'gradients', 'parameters'];

function describe(reports: readonly GoldenReport[], engine: string, tolerance: number): string {
  const cells = ({ file, checks, passed, error }: GoldenReport): string[] => [
    file,
    ...COLUMNS.map((quantity) => {
      const check = checks.find((each) => each.quantity === quantity);
      // A refused file has no figures, and a method without an energy none of that.
      return check ? `${number(check.error)}${check.absolute ? '*' : ''}${check.passed ? '' : '!'}` : error ? '' : '–';
    }),
    error ? `REFUSED: ${error.message}` : passed ? 'passed' : `FAILED: ${failures({ checks })}`,
  ];
  const columns = COLUMNS.map((title) => ({ title, align: 'right' as const }));
  const failed = reports.filter(({ passed }) => !passed).length;
  return `${table([{ title: 'File' }, ...columns, { title: 'Result' }], reports.map(cells))}\n\nEngine ${engine}, tolerance ${number(tolerance)}: ${failed === 0 ? `all ${reports.length} passed` : `${failed} of ${reports.length} did not pass`}`;
}

const failures = ({ checks }: Pick<GoldenReport, 'checks'>): string =>
  checks
    .filter((check) => !check.passed)
    .map((check) => `${check.quantity} (${check.tensor})`)
    .join(', ');
