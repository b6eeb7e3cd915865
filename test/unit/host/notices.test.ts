import { expect, it } from 'vitest';
import { addCheckpoint } from '../../../db/checkpoints.ts';
import { writeProbe } from '../../../db/probes.ts';
import { readSummaries } from '../../../db/run-summaries.ts';
import { endRun, type Ending } from '../../../db/runs.ts';
import { noticeOfEnd } from '../../../src-main/host/notices.ts';
import { toSummary } from '../../../src-main/host/summary.ts';
import { temporaryStore } from '../../support/temporary-store.ts';
import { newRun, tiny } from '../trainer/sandbox.ts';

/** What is said of a run of 12,000 iterations that ended like this. */
function said(ending: Ending, checkpoint?: number) {
  const store = temporaryStore();
  const run = newRun(store, tiny({ iterations: 12_000 }));
  if (checkpoint !== undefined) addCheckpoint(store, run, { iteration: checkpoint, file: 'f', sha256: '', bytes: 1, best: false, error: null });
  const one = Float32Array.of(1, 0.25);
  for (const difficulty of ['same', 'harder'] as const) writeProbe(store, run, { iteration: 1, difficulty, steps: 1, problems: 1, energies: one, errors: one, gradientNorms: one, answers: new Float32Array(0), answersKept: 0 });
  store.write('UPDATE runs SET started_at = ? WHERE id = ?', Date.now() - 134_000, run);
  endRun(store, run, ending);
  return noticeOfEnd(store, toSummary(readSummaries(store, [run])[0]!));
}

const crash = { name: 'BasinError', code: 'trainer.crashed', kind: 'operational', message: 'The trainer of run 1 was ended by SIGKILL' } as const;

it('says what happened, what was kept and what to do, however a run ends', () => {
  expect(said({ status: 'finished', iteration: 12_000 })).toEqual({ level: 'info', run: 1, title: 'addition-1 finished', text: '12,000 iterations in 2 m 14 s. Error of the last probe: 0.250, harder 0.250.' });
  expect(said({ status: 'stopped', iteration: 1204 }, 1204)).toMatchObject({ level: 'info', text: 'Stopped at iteration 1,204 of 12,000. The last good checkpoint is that of iteration 1,204. Resume it to go on from there.' });
  expect(said({ status: 'diverged', iteration: 88, divergence: { iteration: 88, step: 7, quantity: 'energy', checkpoint: 80 } }, 80)).toMatchObject({
    level: 'warning',
    text: 'At iteration 88, step 7, the energy stopped being a finite number. The last good checkpoint is that of iteration 80. Fork it from there with a smaller learning rate (it was 0.001) or step size λ (1).',
  });
  expect(said({ status: 'diverged', iteration: 3, divergence: { iteration: 3, step: -1, quantity: 'loss' } })).toMatchObject({ text: expect.stringMatching(/^At iteration 3, the loss stopped.*No checkpoint was made before\. Start a new run with/) as string });
  expect(said({ status: 'interrupted', iteration: 500, error: crash }, 250)).toMatchObject({ level: 'error', title: 'addition-1 was interrupted', text: expect.stringMatching(/SIGKILL.*at iteration 500 of 12,000.*kept.*iteration 250\. Resume it to go on/) as string });
  expect(said({ status: 'failed', iteration: 0, error: { ...crash, message: 'The disk is full.' } })).toMatchObject({ level: 'error', text: expect.stringMatching(/^The disk is full\..*When the cause is mended: resume it to start it anew/) as string });
});
