import { preferences, type Preferences } from '../../src-main/contract/api/app.ts';

const KEY = 'basin.theme';

/** The theme that the host put into the page, else the one last seen in this window: the first paint has it before the host has answered. */
export function firstTheme(): Preferences['theme'] {
  const given = document.documentElement.dataset['theme'];
  const kept = preferences.shape.theme.safeParse(given === 'light' || given === 'dark' ? given : localStorage.getItem(KEY));
  return kept.success ? kept.data : 'system';
}

export const keepTheme = (theme: Preferences['theme']): void => localStorage.setItem(KEY, theme);
