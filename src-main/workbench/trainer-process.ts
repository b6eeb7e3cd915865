import type { TrainerCommand, TrainerEvent, TrainerStart } from '../contract/events.ts';
import type { Program, ProgramExit } from '../programs/program.ts';
import { startProgram } from '../programs/start.ts';

/** How a trainer's process ended. */
export type TrainerExit = ProgramExit;

/** A trainer's process as its owner sees it: send, receive, end. */
export type TrainerProcess = Program<TrainerStart | TrainerCommand, TrainerEvent>;

export type SpawnTrainer = () => TrainerProcess;

/** Starts a trainer in a process of its own. */
export const startTrainer: SpawnTrainer = () => startProgram('trainer');
