import type { Payload } from '../contract/api/index.ts';
import type { RunSummary } from '../contract/api/runs.ts';
import { latestCheckpoint } from '../../db/checkpoints.ts';
import type { ReadStore } from '../../db/open.ts';
import { getRun } from '../../db/runs.ts';

type Notice = Payload<'notice'>;

const count = (value: number): string => value.toLocaleString('en-US');

/** What a person should read when a run is over: what happened, what was kept, what to do. */
export function noticeOfEnd(store: ReadStore, { id, name, status, iteration, iterations, lastError, startedAt, endedAt }: RunSummary): Notice {
  const { error, divergence, config } = getRun(store, id);
  const checkpoint = latestCheckpoint(store, id)?.iteration;
  const notice = (level: Notice['level'], said: string, text: string): Notice => ({ level, title: `${name} ${said}`, text, run: id });
  const kept = checkpoint === undefined ? 'No checkpoint was made before.' : `The last good checkpoint is that of iteration ${count(checkpoint)}.`;
  const goesOn = checkpoint === undefined ? 'Resume it to start it anew' : 'Resume it to go on from there';
  switch (status) {
    case 'finished': {
      const took = startedAt !== null && endedAt !== null ? ` in ${duration(endedAt - startedAt)}` : '';
      const found = lastError.same === null ? '' : ` Error of the last probe: ${lastError.same.toPrecision(3)}${lastError.harder === null ? '' : `, harder ${lastError.harder.toPrecision(3)}`}.`;
      return notice('info', 'finished', `${count(iterations)} iterations${took}.${found}`);
    }
    case 'stopped':
      return notice('info', 'stopped', `Stopped at iteration ${count(iteration)} of ${count(iterations)}. ${kept} ${goesOn}.`);
    case 'diverged': {
      const where = divergence ? `At iteration ${count(divergence.iteration)}${divergence.step >= 0 ? `, step ${divergence.step}` : ''}, the ${divergence.quantity} stopped being a finite number.` : `At iteration ${count(iteration)} the numbers stopped being finite.`;
      const advice = checkpoint === undefined ? 'Start a new run' : 'Fork it from there';
      return notice('warning', 'diverged', `${where} ${kept} ${advice} with a smaller learning rate (it was ${config.learning_rate}) or step size λ (${config.step_size}).`);
    }
    case 'interrupted':
      return notice('error', 'was interrupted', `${error ? error.message : 'Its process is gone without saying why'}, at iteration ${count(iteration)} of ${count(iterations)}. What was recorded until then is kept. ${kept} ${goesOn}.`);
    default:
      return notice('error', 'failed', `${error ? error.message : 'It did not say why'} (iteration ${count(iteration)} of ${count(iterations)}). ${kept} When the cause is mended: ${goesOn.charAt(0).toLowerCase()}${goesOn.slice(1)}.`);
  }
}

function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} m`;
}
