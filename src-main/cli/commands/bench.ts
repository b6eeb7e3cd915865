import { Command, InvalidArgumentError } from 'commander';
import { sessionOf } from '../session.ts';

interface Options {
  readonly rounds: number;
}

function rounds(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 100) throw new InvalidArgumentError('a whole number from 1 to 100 is allowed');
  return value;
}

export const bench = () =>
  new Command('bench')
    .summary('measure this machine beside plain PyTorch')
    .description('Measures training, reasoning, compilation and the store on the CPU; where python3 has PyTorch, a plain PyTorch program\nof the same work runs in turns with ours, and the ratio says how many times faster Basin is.')
    .argument('[case...]', 'train-paper, train-quick, reason-1, reason-512, compile, store, recording; all unless given')
    .option('--rounds <number>', 'blocks of measurements, ours and the peer’s in turns', rounds, 3)
    .action(async (cases: string[], options: Options, command: Command) => {
      const { output } = sessionOf(command);
      const { runBench } = await import('../../bench/index.ts');
      for await (const result of runBench({ cases, rounds: options.rounds, notice: (text) => output.note(text) })) {
        output.result(result, () => describe(result));
      }
    });

function describe({ case: name, ours_ms: ours, peer_ms: peer, ratio, ...figures }: Readonly<Record<string, unknown>>): string {
  const number = (value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(3)).toLocaleString('en-US', { maximumFractionDigits: 4 }) : String(value));
  const race = peer === null ? '' : `   PyTorch ${number(peer)} ms   ${number(ratio)} times faster`;
  const others = Object.entries(figures).map(([key, value]) => `   ${key} ${number(value)}`);
  return `${String(name).padEnd(12)} ${number(ours)} ms${race}${others.join('')}`;
}
