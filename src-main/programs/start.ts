import type { Entry } from '../entries.ts';
import { forkProgram } from './fork.ts';
import type { Program, StartProgram } from './program.ts';

let start: StartProgram = forkProgram;

/** Has programs started in another way than as forked Node processes: Electron has processes of its own kind. */
export function setProgramStarter(starter: StartProgram): void {
  start = starter;
}

/** Starts one of our programs in a process of its own, in the way of this host. */
export const startProgram = <Sent, Received>(entry: Entry): Program<Sent, Received> => start(entry) as Program<Sent, Received>;
