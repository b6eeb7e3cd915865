import { Command, Option } from 'commander';
import { once } from 'node:events';
import { BasinError } from '../../contract/errors.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../workbench/export-format.ts';
import { openLibrary } from '../../workbench/library.ts';
import { bytes } from '../format.ts';
import { sessionOf } from '../session.ts';

export const exportRun = () =>
  new Command('export')
    .summary('write a run’s numbers to a file for other programs')
    .description(
      'Writes a run for other programs.\n  csv          a line for each iteration: metrics, and where there was a probe its mean final energy and error\n  json         configuration, metrics, probes and final parameters; NaN and infinities are strings\n  safetensors  parameters (param.<PyTorch name>), metrics, probes; configuration in the metadata; `import-weights` reads it',
    )
    .argument('<run>', "the run's number or name")
    .addOption(new Option('--format <format>', 'what to write').choices(EXPORT_FORMATS).makeOptionMandatory())
    .option('--out <file>', 'where to; standard output unless given')
    .action(async (ref: string, { format, out }: { format: ExportFormat; out?: string }, command: Command) => {
      const { output, folder } = sessionOf(command);
      if (out === undefined && format === 'safetensors' && process.stdout.isTTY) throw new BasinError('usage.export', 'safetensors is not text: name a file with --out, or send standard output to one');
      const library = openLibrary(folder);
      try {
        if (out === undefined) {
          for (const part of await library.export(ref, format)) if (!process.stdout.write(part)) await once(process.stdout, 'drain');
          return;
        }
        const written = await library.exportTo(ref, format, out);
        output.result({ out, format, ...written }, () => `Written: ${out} (${bytes(written.bytes)})`);
      } finally {
        library.close();
      }
    });
