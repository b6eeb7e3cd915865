import { homedir } from 'node:os';
import { posix, resolve, win32 } from 'node:path';
import { BasinError } from '../contract/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The per-user folder of the store: what Electron's `app.getPath('userData')` gives an app named "Basin", so that the
 * terminal and the desktop app share their runs.
 */
export function userDataFolder(platform: NodeJS.Platform = process.platform, env: Environment = process.env, home: string = homedir()): string {
  if (platform === 'win32') return win32.join(env['APPDATA'] || win32.join(home, 'AppData', 'Roaming'), 'Basin');
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Basin');
  return posix.join(env['XDG_CONFIG_HOME'] || posix.join(home, '.config'), 'Basin');
}

/**
 * Where the store is: the folder asked for, else BASIN_DATA, else the per-user folder. Always absolute.
 *
 * @throws BasinError `usage.data` when the folder asked for is the empty string.
 */
export function dataFolder(asked?: string, env: Environment = process.env): string {
  if (asked === '') throw new BasinError('usage.data', '--data "" is not a folder: give the path of the folder that holds (or will hold) the store');
  return resolve(asked ?? (env['BASIN_DATA'] || userDataFolder(process.platform, env)));
}
