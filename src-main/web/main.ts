import { createHost } from '../host/host.ts';
import { EXIT, exitCodeFor } from '../terminal/exit.ts';
import { endWhenUnread, onInterrupt } from '../terminal/interrupt.ts';
import { Output } from '../terminal/output.ts';
import { dataFolder } from '../workbench/data-folder.ts';
import { Workbench } from '../workbench/workbench.ts';
import { builtPage } from '../page/bundle.ts';
import { USAGE, webOptions } from './options.ts';
import { startServer } from './server.ts';
import { themeOf } from './theme.ts';

/** The `web` program: the workbench in a browser. It stays until it is interrupted. */
async function main(args: readonly string[], say: (text: string) => void): Promise<void> {
  const options = webOptions(args);
  if (options.help) {
    say(USAGE);
    return;
  }
  const workbench = Workbench.open(dataFolder(options.data), { sparing: true });
  const host = createHost({ workbench, kind: 'web' });
  const server = await startServer({ host, page: builtPage(), first: async () => ({ theme: await themeOf(host), store: workbench.identity }), ...(options.port === undefined ? {} : { port: options.port }) });
  await new Promise<void>((resolve, reject) => {
    onInterrupt(
      () => void end().then(resolve, reject),
      () => {
        for (const run of workbench.active) workbench.kill(run);
        say('Ended at once; interrupted runs go on from their last checkpoint.\n');
        process.exit(EXIT.interrupted);
      },
    );
    // Whoever reads this may interrupt.
    say(`The workbench is open on the data folder ${workbench.folder}\nOpen in a browser:  ${server.url}\nCtrl-C ends it.\n`);
  });

  async function end(): Promise<void> {
    const { length } = workbench.active;
    say(length === 0 ? 'Ending.\n' : `Stopping ${length === 1 ? 'the run' : `${length} runs`} with a checkpoint… (Ctrl-C again ends at once)\n`);
    const stopped = host.stopAll();
    await server.close('Basin was ended in its terminal');
    await stopped;
    if (length > 0) say('Stopped. The runs can be resumed.\n');
    host.close();
    workbench.close();
  }
}

endWhenUnread();
try {
  await main(process.argv.slice(2), (text) => process.stdout.write(text));
} catch (error) {
  process.exitCode = exitCodeFor(error);
  new Output(false).error(error);
}
