import type { Command } from 'commander';
import { dataFolder } from '../workbench/data-folder.ts';
import { Output } from '../terminal/output.ts';

/** Options that every command takes. */
interface GlobalOptions {
  readonly data?: string;
  readonly json?: boolean;
}

/** What a command needs of its surroundings. */
export interface Session {
  readonly output: Output;
  /** Folder of the store. */
  readonly folder: string;
  /** A command to type next, for the same store. */
  readonly hint: (command: string) => string;
}

/** @throws BasinError `usage.data` */
export function sessionOf(command: Command): Session {
  const { data, json = false } = command.optsWithGlobals<GlobalOptions>();
  return {
    output: new Output(json),
    folder: dataFolder(data),
    hint: (next) => `basin ${next}${data === undefined ? '' : ` --data ${/^[\w./~-]+$/.test(data) ? data : JSON.stringify(data)}`}`,
  };
}
