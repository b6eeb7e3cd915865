import { toErrorData } from '../contract/errors.ts';
import { connectOwner } from '../programs/owner.ts';
import { runTrial, type TrialMessage, type TrialRequest } from './trial.ts';

/* The program of one trial: told by its first message what to try, it answers once and is ended by its owner. */

const owner = connectOwner<TrialMessage, TrialRequest>();
owner.onMessage((request) => {
  runTrial(request).then(
    (result) => owner.send({ type: 'done', result }),
    (error: unknown) => owner.send({ type: 'failed', error: toErrorData(error) }),
  );
});
owner.onGone(() => process.exit());
