import { spawn, type ChildProcess } from 'node:child_process';
import { expect, it, onTestFinished, vi } from 'vitest';
import { endChild } from '../../../src-main/programs/end-child.ts';

const start = (program: string, ...args: string[]): ChildProcess => {
  const child = spawn(program, args, { stdio: 'ignore' });
  child.on('error', () => undefined);
  onTestFinished(() => endChild(child, 'SIGKILL'));
  return child;
};

it('a process that could not be started is sent nothing: its number is anybody’s', async () => {
  const child = start('there-is-no-such-program');
  const failed = new Promise((resolve) => child.once('error', resolve));
  const kill = vi.spyOn(child, 'kill');
  endChild(child);
  await failed;
  endChild(child);
  expect(kill).not.toHaveBeenCalled();
});

it('a process that runs is ended by the signal', async () => {
  const child = start(process.execPath, '--eval', 'setInterval(() => {}, 1000)');
  const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
  endChild(child);
  expect(await ended).toBe('SIGTERM');
});
