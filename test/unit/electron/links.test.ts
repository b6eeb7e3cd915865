import { describe, expect, it, vi } from 'vitest';
import { pageOfArguments, pageOfLink } from '../../../src-main/electron/deep-link.ts';
import { dataOption } from '../../../src-main/electron/options.ts';
import { isOurs } from '../../../src-main/electron/origin.ts';
import { isAllowedLink } from '../../../src-main/electron/security.ts';
import { plainName } from '../../../src-main/electron/files.ts';
import { endOf } from '../../../src-main/electron/programs.ts';

vi.mock('electron', () => import('../../electron-standin/electron.ts'));

describe('a link into Basin', () => {
  it.each([
    ['basin://runs/3', '/runs/3'],
    ['basin:///runs/3', '/runs/3'],
    ['basin:/runs/3', '/runs/3'],
    ['basin:runs/3', '/runs/3'],
    ['basin://runs/3/', '/runs/3'],
    ['basin://settings', '/settings'],
    ['basin://compare?runs=1,2&metric=loss', '/compare?runs=1,2&metric=loss'],
    ['basin://reproduce?table=steps&scale=paper', '/reproduce?table=steps&scale=paper'],
  ])('%s leads to %s', (link, page) => expect(pageOfLink(link)).toBe(page));

  it.each([
    'https://runs/3', 'javascript:alert(1)', 'file:///etc/passwd', 'basin://', 'basin://elsewhere', 'basin://runs/../settings/x', 'basin://runs/x', 'basin://runs/1234567890123456', 'basin://user@runs/3', 'basin://runs:80/3', '--data', 'runs/3', '',
    `basin://compare?${'x'.repeat(20_000)}`,
  ])('%s leads nowhere', (link) => expect(pageOfLink(link)).toBeUndefined());

  it('is found among arguments', () => {
    expect(pageOfArguments(['basin', '--no-sandbox', '--data', '/x', 'basin://replay/7'])).toBe('/replay/7');
    expect(pageOfArguments(['basin', '.'])).toBeUndefined();
  });
});

describe('a link out of Basin', () => {
  it.each(['https://arxiv.org/abs/2206.15448', 'https://github.com/'])('%s may open', (link) => expect(isAllowedLink(link)).toBe(true));
  it.each(['http://arxiv.org/', 'https://arxiv.org.evil.example/', 'https://evil.example/?arxiv.org', 'https://arxiv.org:444/', 'https://someone@arxiv.org/', 'https://sub.arxiv.org/', 'javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x', 'smb://arxiv.org/x', 'arxiv.org', ''])('%s may not', (link) => expect(isAllowedLink(link)).toBe(false));
});

describe('an address of the page', () => {
  it.each(['basin-app://bundle/', 'basin-app://bundle/runs/3?x#y', 'basin-app://bundle'])('%s is ours', (url) => expect(isOurs(url)).toBe(true));
  it.each(['basin-app://other/', 'basin-app://bundle.evil/', 'basin-app://a@bundle/', 'https://bundle/', 'file:///bundle/', 'about:blank', 'data:text/html,basin-app://bundle/', 'null', ''])('%s is not', (url) => expect(isOurs(url)).toBe(false));
});

describe('a name to save under', () => {
  it.each([
    ['loss.csv', 'loss.csv'],
    ['../../.bashrc', '-..-.bashrc'],
    ['/etc/passwd', '-etc-passwd'],
    ['C:\\Windows\\x.png', 'C-Windows-x.png'],
    ['a\u0000b\nc.svg', 'a-b-c.svg'],
    ['..', 'basin'],
    [' .. ', 'basin'],
  ])('%j becomes %j', (given, plain) => expect(plainName(given)).toBe(plain));
  it('is no longer than systems allow', () => expect(plainName('x'.repeat(500)).length).toBe(200));
});

describe('the command line', () => {
  it.each([
    [['basin', '--data', '/x'], '/x'],
    [['electron', '.', '--data=/y'], '/y'],
    [['basin', '--data'], ''],
    [['basin', 'basin://runs/1'], undefined],
  ])('%j names %j', (args, folder) => expect(dataOption(args)).toBe(folder));
});

describe('how a utility process ended', () => {
  it.each([
    [0, 'linux', { code: 0, signal: null }],
    [1, 'linux', { code: 1, signal: null }],
    [9, 'linux', { code: null, signal: 'SIGKILL' }],
    [11, 'linux', { code: null, signal: 'SIGSEGV' }],
    [139, 'linux', { code: null, signal: 'SIGSEGV' }],
    [134, 'darwin', { code: null, signal: 'SIGABRT' }],
    [0xc0000005, 'win32', { code: 0xc0000005, signal: null }],
  ] as const)('status %d on %s', (status, platform, end) => expect(endOf(status, platform)).toEqual(end));
});
