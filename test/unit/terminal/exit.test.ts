import { expect, it } from 'vitest';
import { BasinError } from '../../../src-main/contract/errors.ts';
import { EXIT, exitCodeFor } from '../../../src-main/terminal/exit.ts';

it.each(['config.unknown', 'config.value', 'usage.set', 'run.unknown', 'run.ambiguous', 'fork.shape', 'resume.finished', 'checkpoint.unknown', 'store.missing', 'import.task', 'bench.case'])('%s is wrong usage', (code) => {
  expect(exitCodeFor(new BasinError(code, ''))).toBe(EXIT.usage);
});

it.each(['run.busy', 'store.newer', 'checkpoint.corrupt', 'checkpoint.none', 'engine.unavailable', 'file.missing', 'import.tensors', 'stop.idle'])('%s is a failure', (code) => {
  expect(exitCodeFor(new BasinError(code, ''))).toBe(EXIT.failed);
});

it('a bug is a failure', () => {
  expect(exitCodeFor(new TypeError('x'))).toBe(EXIT.failed);
});
