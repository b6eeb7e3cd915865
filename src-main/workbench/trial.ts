import { BasinError, fromErrorData } from '../contract/errors.ts';
import { startProgram } from '../programs/start.ts';
import type { TrialMessage, TrialRequest, TrialResult } from '../trainer/trial.ts';
import { engineText } from './engine-wish.ts';

/** The longest that a trial may take, ms: engines start, compile and do three iterations at least. */
const PATIENCE_MS = 120_000;

/**
 * Trains a throw-away model of a configuration for about two seconds in a process of its own: a crash is an error, and memory is
 * that of the training alone.
 *
 * @throws BasinError `trial.failed` when the process crashes, `trial.slow` when it takes more than two minutes; as `runTrial`
 */
export function tryTraining(request: TrialRequest): Promise<TrialResult> {
  const program = startProgram<TrialRequest, TrialMessage>('trial');
  const engine = engineText(request.id);
  return new Promise<TrialResult>((resolve, reject) => {
    const timer = setTimeout(() => reject(new BasinError('trial.slow', `Engine ${engine} did not finish three iterations of this configuration within ${PATIENCE_MS / 1000} s: choose smaller settings or another engine`, { kind: 'operational' })), PATIENCE_MS);
    program.onMessage((message) => {
      clearTimeout(timer);
      if (message.type === 'done') resolve(message.result);
      else reject(fromErrorData(message.error));
      program.kill();
    });
    program.onExit(({ code, signal, lastWords }) => {
      clearTimeout(timer);
      reject(new BasinError('trial.failed', `The trial on engine ${engine} ended ${signal ? `by ${signal}` : `with code ${code}`}${lastWords === '' ? '' : `: ${lastWords.split('\n').at(-1)}`}. It may need more memory than there is, or the engine is broken: choose smaller settings or another engine`, { kind: 'operational', details: { code, signal } }));
    });
    program.send(request);
  }).finally(() => program.kill());
}
