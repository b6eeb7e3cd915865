import { BasinError } from '../../src-main/contract/errors.ts';

/** The BasinError that a call throws; any other outcome fails the test. */
export function refusal(call: () => unknown): BasinError {
  try {
    call();
  } catch (error) {
    if (error instanceof BasinError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** As `refusal`, for a promise. */
export async function refusalOf(promise: Promise<unknown>): Promise<BasinError> {
  const [result] = await Promise.allSettled([promise]);
  return refusal(() => {
    if (result.status === 'rejected') throw result.reason;
  });
}
