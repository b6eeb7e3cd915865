import type { RunDetails, RunRow } from '../workbench/library.ts';
import type { Workbench } from '../workbench/workbench.ts';
import { BasinError, toErrorData } from '../contract/errors.ts';
import { EXIT } from '../terminal/exit.ts';
import { count, duration, number } from './format.ts';
import { onInterrupt } from '../terminal/interrupt.ts';
import type { Session } from './session.ts';
import { facts } from './table.ts';
import { watcherFor } from './watchers.ts';

/**
 * Starts a run in this terminal and stays with it to its end: shows progress, stops it with a checkpoint at the first
 * interrupt, kills it at the second, prints the result and sets the exit code.
 *
 * @param start starts, resumes or forks the run
 * @throws BasinError what `start` throws; `trainer.crashed` and the error of a failed run
 */
export async function follow(session: Session, workbench: Workbench, start: () => Promise<RunRow>): Promise<void> {
  const watcher = await watcherFor(session.output);
  let run: RunRow | undefined;
  let interrupted = false;
  const stopListening = onInterrupt(
    () => {
      // Nothing has been started or written yet.
      if (!run) process.exit(EXIT.interrupted);
      interrupted = true;
      watcher.note('Stopping with a checkpoint… (Ctrl-C again ends it at once)');
      // It may have ended by itself just now.
      workbench.stop(String(run.id)).catch((error: unknown) => session.output.warn(toErrorData(error).message));
    },
    () => {
      if (run) workbench.kill(run.id);
    },
  );
  const unsubscribe = workbench.subscribe((_, event) => watcher.event(event));
  const begin = performance.now();
  try {
    run = await start();
    watcher.started(run);
    await workbench.finished(run.id);
  } finally {
    watcher.ended();
    unsubscribe();
    stopListening();
  }
  report(session, workbench.show(String(run.id)), { interrupted, ms: performance.now() - begin });
}

function report({ output, hint }: Session, { run, probes, checkpoints }: RunDetails, { interrupted, ms }: { interrupted: boolean; ms: number }): void {
  const { id, name, status, iteration, config, error, divergence } = run;
  const newest = probes.at(-1)?.iteration;
  const probed = probes
    .filter((probe) => probe.iteration === newest)
    .sort((a, b) => b.difficulty.localeCompare(a.difficulty))
    .map(({ difficulty, steps, meanErrors, meanEnergies }) => ({ difficulty, updates: steps, error: meanErrors.at(-1), energy: meanEnergies.at(-1) }));
  const last = checkpoints.at(-1)?.iteration;
  const data = { event: 'ended', run: id, name, status, iteration, iterations: config.iterations, seconds: ms / 1000, loss: run.lastLoss, probes: probed, checkpoint: last ?? null, ...(error ? { error } : {}), ...(divergence ? { divergence } : {}) };
  const done = `${count(iteration)} of ${count(config.iterations)} iterations in ${duration(ms)}`;
  const numbers = facts([
    ['loss', number(run.lastLoss)],
    ...probed.map(({ difficulty, updates, error: mse, energy }): [string, string] => [`probe, ${difficulty}`, `mean squared error ${number(mse)}${energy === undefined ? '' : `, energy ${number(energy)}`} after ${updates} updates (iteration ${count(newest!)})`]),
  ]);
  const goesOn = last === undefined ? 'It has no checkpoint: going on starts it anew.' : `Its last checkpoint is that of iteration ${count(last)}.`;

  if (status === 'finished') {
    output.result(data, () => `Run ${id} (${name}) finished: ${done}\n${numbers}\nTest it beside trivial answers: ${hint(`evaluate ${id}`)}`);
    return;
  }
  if (status === 'stopped' || (status === 'interrupted' && interrupted)) {
    output.result(data, () => `Run ${id} (${name}) ${status}: ${done}\n${numbers}\n${goesOn} Go on: ${hint(`resume ${id}`)}`);
    process.exitCode = EXIT.interrupted;
    return;
  }
  if (output.json) output.result(data, () => '');
  process.exitCode = status === 'diverged' ? EXIT.diverged : EXIT.failed;
  if (divergence) {
    const where = divergence.quantity === 'energy' ? `the energy after ${divergence.step} updates` : `the ${divergence.quantity}`;
    const fork = last === undefined ? 'No checkpoint was made before; train with other settings, such as a smaller learning_rate or step_size.' : `${goesOn} Try from there with other settings: ${hint(`fork ${id} --set learning_rate=${number(config.learning_rate / 10)}`)}`;
    output.error(new BasinError('run.diverged', `Run ${id} (${name}) diverged at iteration ${count(divergence.iteration)}: ${where} is not a finite number. ${fork}`, { kind: 'operational', details: { run: id, ...divergence } }));
    return;
  }
  const reason = error ? error.message : 'its process ended without saying why';
  output.error(new BasinError(error?.code ?? 'run.failed', `Run ${id} (${name}) ${status} at iteration ${count(iteration)}: ${reason}${error?.kind === 'bug' && error.stack ? `\n${error.stack}` : ''}\n${goesOn} Go on: ${hint(`resume ${id}`)}`, { kind: 'operational', details: { run: id, ...error?.details } }));
}
