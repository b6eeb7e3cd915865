import { preferences, type Preferences } from '../../src-main/contract/api/app.ts';

const KEY = 'basin.theme';

/** The theme last seen in this window: the first paint has it before the host has answered. */
export function firstTheme(): Preferences['theme'] {
  const kept = preferences.shape.theme.safeParse(localStorage.getItem(KEY));
  return kept.success ? kept.data : 'system';
}

export const keepTheme = (theme: Preferences['theme']): void => localStorage.setItem(KEY, theme);
