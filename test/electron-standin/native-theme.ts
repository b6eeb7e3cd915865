import { EventEmitter } from 'node:events';

const followers: ((dark: boolean) => void)[] = [];

/** `nativeTheme` on a system that is light. */
export class NativeTheme extends EventEmitter implements Pick<Electron.NativeTheme, 'themeSource' | 'shouldUseDarkColors'> {
  #source: Electron.NativeTheme['themeSource'] = 'system';

  get themeSource(): Electron.NativeTheme['themeSource'] {
    return this.#source;
  }
  set themeSource(source: Electron.NativeTheme['themeSource']) {
    const before = this.shouldUseDarkColors;
    this.#source = source;
    if (this.shouldUseDarkColors === before) return;
    for (const follow of followers) follow(this.shouldUseDarkColors);
    this.emit('updated');
  }
  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }
}

export const nativeTheme = new NativeTheme();
export const isDark = (): boolean => nativeTheme.shouldUseDarkColors;
export const onTheme = (follower: (dark: boolean) => void): void => void followers.push(follower);
