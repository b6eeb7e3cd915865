import { usePreferredDark } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, shallowRef, watchEffect } from 'vue';
import type { Output } from '../../src-main/contract/api/index.ts';
import type { Preferences } from '../../src-main/contract/api/app.ts';
import { onConnected, onPush, request } from '../connection/client.ts';
import { firstTheme, keepTheme } from './first-theme.ts';

type Info = Output<'app.info'>;

const FIRST: Preferences = { theme: firstTheme(), concurrency: 1, digits: 3, thousands: 'comma', notifications: true, welcomed: false };

/** Facts of the host and what the person has set; remembered layout pieces by key. */
export const usePreferences = defineStore('preferences', () => {
  /** Undefined until the host has answered once; pages are shown after that, so that `layout` is there for them. */
  const info = shallowRef<Info>();
  const preferences = shallowRef<Preferences>(FIRST);
  const layout = new Map<string, unknown>();
  const systemDark = usePreferredDark();
  const dark = computed(() => (preferences.value.theme === 'system' ? systemDark.value : preferences.value.theme === 'dark'));

  watchEffect(() => {
    document.documentElement.dataset['theme'] = dark.value ? 'dark' : 'light';
    keepTheme(preferences.value.theme);
  });

  async function load(): Promise<void> {
    const told = await request('app.info', {});
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
