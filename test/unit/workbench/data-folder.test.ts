import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataFolder, userDataFolder } from '../../../src-main/workbench/data-folder.ts';

describe('userDataFolder', () => {
  it("is Electron's userData of an app named Basin", () => {
    expect(userDataFolder('linux', {}, '/home/ada')).toBe('/home/ada/.config/Basin');
    expect(userDataFolder('linux', { XDG_CONFIG_HOME: '/xdg' }, '/home/ada')).toBe('/xdg/Basin');
    expect(userDataFolder('darwin', { XDG_CONFIG_HOME: '/xdg' }, '/Users/ada')).toBe('/Users/ada/Library/Application Support/Basin');
    expect(userDataFolder('win32', { APPDATA: 'C:\\Users\\ada\\AppData\\Roaming' }, 'C:\\Users\\ada')).toBe('C:\\Users\\ada\\AppData\\Roaming\\Basin');
    expect(userDataFolder('win32', {}, 'C:\\Users\\ada')).toBe('C:\\Users\\ada\\AppData\\Roaming\\Basin');
  });

  it('takes an empty variable for none', () => {
    expect(userDataFolder('linux', { XDG_CONFIG_HOME: '' }, '/home/ada')).toBe('/home/ada/.config/Basin');
  });
});

describe('dataFolder', () => {
  it('prefers what was asked for, then BASIN_DATA, then the per-user folder', () => {
    expect(dataFolder('/asked', { BASIN_DATA: '/env' })).toBe('/asked');
    expect(dataFolder(undefined, { BASIN_DATA: '/env' })).toBe('/env');
    expect(dataFolder(undefined, { ...process.env, BASIN_DATA: '' })).toBe(userDataFolder());
  });

  it('is absolute', () => {
    expect(dataFolder('here', {})).toBe(resolve('here'));
  });

  it('refuses an empty --data instead of using the working folder', () => {
    expect(() => dataFolder('', { BASIN_DATA: '/env' })).toThrow(expect.objectContaining({ code: 'usage.data' }));
  });
});
