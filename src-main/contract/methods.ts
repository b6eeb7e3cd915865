/*
 * What pages and lists must know of a method without loading it. Names that a store may hold stay known here.
 */

/** How methods without an energy find their answers: what a view that would draw energies says instead. */
const INSTEAD: Readonly<Record<string, string>> = {
  feedforward: 'a network gives the answer in one pass, without steps.',
  recurrent: 'an LSTM reads the problem again at each step and answers from its state.',
  ponder: 'a network feeds its answer back to itself and says at each step how likely it is to halt.',
  'iterative-feedforward': 'a network adds a correction to the answer at each step, trained to denoise it.',
};

export const methodHasEnergy = (method: string): boolean => !Object.hasOwn(INSTEAD, method);

/** "This method has no energy: …", a sentence of its own. */
export const noEnergy = (method: string): string => `This method has no energy${Object.hasOwn(INSTEAD, method) ? `: ${INSTEAD[method]}` : '.'}`;

/** Whether it decides after each step how likely it is to stop there: metrics `halting/…` and `expected_steps`. */
export const methodHalts = (method: string): boolean => method === 'ponder';
