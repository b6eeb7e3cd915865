import { parseArgs } from 'node:util';
import { BasinError } from '../contract/errors.ts';

export interface WebOptions {
  readonly data?: string;
  readonly port?: number;
  readonly help: boolean;
}

export const USAGE = `Usage: npm start -- --web [options]

Serves the workbench on this machine (loopback) and prints the address to open.

  --data <folder>  folder of the store; else BASIN_DATA, else the per-user folder
  --port <number>  port to listen on; else 4646, or any free one where that is taken
  --help           this text
`;

/** @param args without the program's own name. @throws BasinError `usage.option`, `usage.port` */
export function webOptions(args: readonly string[]): WebOptions {
  const { data, port, help } = parse(args);
  return { help, ...(data === undefined ? {} : { data }), ...(port === undefined ? {} : { port: portNumber(port) }) };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { data: { type: 'string' }, port: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } } }).values;
  } catch (cause) {
    throw new BasinError('usage.option', `${(cause as Error).message}. \`--help\` lists the options.`, { cause });
  }
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new BasinError('usage.port', `--port ${text} is not a port: give a number from 1 to 65535, or 0 for any free one`);
  return port;
}
