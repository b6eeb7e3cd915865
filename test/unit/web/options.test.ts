import { expect, it } from 'vitest';
import { webOptions } from '../../../src-main/web/options.ts';
import { refusal } from '../../support/refusal.ts';

it('reads folder and port', () => {
  expect(webOptions([])).toEqual({ help: false });
  expect(webOptions(['--data', '/tmp/x', '--port=0'])).toEqual({ help: false, data: '/tmp/x', port: 0 });
  expect(webOptions(['-h'])).toEqual({ help: true });
});

it.each([['--port', 'abc'], ['--port', '65536'], ['--port', '-1'], ['--port=1.5'], ['--port=']])('refuses %s %s by name', (...args) => {
  expect(refusal(() => webOptions(args)).code).toMatch(/^usage\.(port|option)$/);
});

it.each([['--prot', '1'], ['store'], ['--data']])('refuses %s %s as wrong usage', (...args) => {
  expect(refusal(() => webOptions(args))).toMatchObject({ code: 'usage.option', message: expect.stringContaining('--help') as string });
});
