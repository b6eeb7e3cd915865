import { usePreferredDark } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, shallowRef, watchEffect } from 'vue';
import type { Output } from '../../src-main/contract/api/index.ts';
import type { Preferences } from '../../src-main/contract/api/app.ts';
import { onConnected, onPush, request } from '../connection/client.ts';
import { firstTheme, keepTheme } from './first-theme.ts';
import { lastKnown } from './last-known.ts';

type Info = Output<'app.info'>;

const FIRST: Preferences = { concurrency: 1, digits: 3, thousands: 'comma', notifications: true, welcomed: false, ...lastKnown?.preferences, theme: firstTheme() };

/** Facts of the host and what the person has set; remembered layout pieces by key. */
export const usePreferences = defineStore('preferences', () => {
  /** Undefined until the host has answered once; pages are shown after that, so that `layout` is there for them. The list of runs is not: it has what was last known. */
  const info = shallowRef<Info>();
  const preferences = shallowRef<Preferences>(FIRST);
  const layout = new Map<string, unknown>(Object.entries(lastKnown?.layout ?? {}));
  const systemDark = usePreferredDark();
  const dark = computed(() => (preferences.value.theme === 'system' ? systemDark.value : preferences.value.theme === 'dark'));

  watchEffect(() => {
    document.documentElement.dataset['theme'] = dark.value ? 'dark' : 'light';
    keepTheme(preferences.value.theme);
  });

  async function load(): Promise<void> {
    const told = await request('app.info', {});
    layout.clear();
    for (const [key, value] of Object.entries(told.layout)) layout.set(key, value);
    info.value = told;
    preferences.value = told.preferences;
  }

  async function prefer(changes: Partial<Preferences>): Promise<void> {
    preferences.value = (await request('app.prefer', changes)).preferences;
  }

  /** Remembers a piece of layout on the host; failures to remember do not disturb the person. */
  function remember(key: string, value: unknown): void {
    layout.set(key, value);
    void request('app.layout', { key, value }).catch(() => undefined);
  }

  onPush('preferences.changed', (changed) => (preferences.value = changed.preferences));
  // A connection that ends meanwhile is made again, and this is called again.
  onConnected(() => void load().catch(() => undefined));
  return { info, preferences, dark, layout, prefer, remember };
});
