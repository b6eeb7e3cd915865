import { Command, CommanderError } from 'commander';
import { BasinError } from '../contract/errors.ts';
import { bench } from './commands/bench.ts';
import { doctor } from './commands/doctor.ts';
import { energyError } from './commands/energy-error.ts';
import { evaluate } from './commands/evaluate.ts';
import { exportRun } from './commands/export.ts';
import { fork } from './commands/fork.ts';
import { importWeights } from './commands/import-weights.ts';
import { list } from './commands/list.ts';
import { nested } from './commands/nested.ts';
import { reason } from './commands/reason.ts';
import { reproduce } from './commands/reproduce.ts';
import { resume } from './commands/resume.ts';
import { settings } from './commands/settings.ts';
import { show } from './commands/show.ts';
import { stop } from './commands/stop.ts';
import { train } from './commands/train.ts';
import { verify } from './commands/verify.ts';
import { versions } from '../workbench/versions.ts';
import { EXIT, exitCodeFor } from '../terminal/exit.ts';
import { Output } from '../terminal/output.ts';

const COMMANDS = [train, resume, fork, stop, list, show, evaluate, energyError, nested, reproduce, reason, exportRun, importWeights, verify, doctor, bench, settings];

const CODES = `
Exit codes: 0 fine, 1 failed, 2 wrong usage, 3 diverged, 130 interrupted (resumable).
With --json, results are one JSON object a line on standard output; warnings and errors are {"warning": …} and
{"error": {"code", "kind", "message", …}}, one a line, on standard error.`;

/** The whole command line. @param refusals gets what commander says of wrong usage, instead of stderr */
function program(refusals: (text: string) => void): Command {
  const basin = new Command('basin')
    .description('A workbench for iterative reasoning by energy minimisation: train, reason, compare.')
    .version(versions()['basin']!)
    .option('--data <folder>', 'folder of the store; else BASIN_DATA, else the per-user folder that the desktop app shares')
    .option('--json', 'print JSON, one object a line')
    .addHelpText('after', CODES);
  for (const command of COMMANDS) basin.addCommand(command());
  for (const command of [basin, ...basin.commands]) command.exitOverride().configureOutput({ outputError: refusals }).configureHelp({ showGlobalOptions: true }).showSuggestionAfterError();
  return basin;
}

/**
 * Runs one command line to its end. Results and refusals are printed; the exit code is left in `process.exitCode`.
 *
 * @param args without the program's own name
 */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  const output = new Output(args.includes('--json'));
  let refusal = '';
  try {
    await program((text) => (refusal += text)).parseAsync(args, { from: 'user' });
  } catch (thrown) {
    if (thrown instanceof CommanderError) {
      if (thrown.exitCode === 0) return;
      process.exitCode = EXIT.usage;
      // Without a command, commander has printed the help already.
      if (thrown.code !== 'commander.help') output.error(new BasinError('usage.command', refusal.replace(/^error: /, '').trim()));
      return;
    }
    process.exitCode = exitCodeFor(thrown);
    output.error(thrown);
  }
}
