import { usePreferredDark } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, shallowRef, watchEffect } from 'vue';
import type { Output } from '../../src-main/contract/api/index.ts';
import type { Preferences } from '../../src-main/contract/api/app.ts';
import { onConnected, onPush, request } from '../connection/client.ts';

type Info = Output<'app.info'>;

const FIRST: Preferences = { theme: 'system', concurrency: 1, digits: 3, thousands: 'comma', notifications: true, welcomed: false };

/** Facts of the host and what the person has set; remembered layout pieces by key. */
export const usePreferences = defineStore('preferences', () => {
  const info = shallowRef<Info>();
  const preferences = shallowRef<Preferences>(FIRST);
  const layout = new Map<string, unknown>();
  const systemDark = usePreferredDark();
  const dark = computed(() => (preferences.value.theme === 'system' ? systemDark.value : preferences.value.theme === 'dark'));

  watchEffect(() => {
    document.documentElement.dataset['theme'] = dark.value ? 'dark' : 'light';
  });

  async function load(): Promise<void> {
    info.value = await request('app.info', {});
    preferences.value = info.value.preferences;
    for (const [key, value] of Object.entries(info.value.layout)) layout.set(key, value);
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
  onConnected(() => void load());
  return { info, preferences, dark, layout, prefer, remember };
});
