import type { Preferences } from '../../../src-main/contract/api/app.ts';
import { useNotices } from '../../stores/notices.ts';
import { usePreferences } from '../../stores/preferences.ts';

/** Applies a preference at once; a refusal is told, and what was there stays. */
export function usePrefer() {
  const store = usePreferences();
  const notices = useNotices();
  return async (changes: Partial<Preferences>): Promise<void> => {
    try {
      await store.prefer(changes);
    } catch (error) {
      notices.fail('The setting was not changed', error);
    }
  };
}
