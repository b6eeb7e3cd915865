import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { BasinError } from '../../src-main/contract/errors.ts';
import { onPush } from '../connection/client.ts';
import { notifySystem } from './system-notification.ts';
import { usePreferences } from './preferences.ts';

export interface Notice {
  readonly id: number;
  readonly level: 'info' | 'warning' | 'error';
  readonly title: string;
  readonly text: string;
  /** Offered as a button, e.g. Undo or Open. */
  readonly action?: { readonly label: string; run(): void };
  /** The run that it is about: offered to be opened. */
  readonly run?: number;
}

const SHOWN_MS = { info: 7000, warning: 15_000, error: Infinity };

/** Short messages at the window's edge: what ended, what failed, and the way to undo what was just done. */
export const useNotices = defineStore('notices', () => {
  const preferences = usePreferences();
  const notices = shallowRef<readonly Notice[]>([]);
  let next = 1;

  function dismiss(id: number): void {
    notices.value = notices.value.filter((notice) => notice.id !== id);
  }

  function tell(notice: Omit<Notice, 'id'>): number {
    const id = next++;
    notices.value = [...notices.value, { ...notice, id }].slice(-5);
    const shown = notice.action ? Math.max(SHOWN_MS[notice.level], 12_000) : SHOWN_MS[notice.level];
    if (Number.isFinite(shown)) setTimeout(() => dismiss(id), shown);
    return id;
  }

  /** The newest message that offers to undo what was done. */
  const undoable = computed(() => notices.value.findLast(({ action }) => action?.label === 'Undo'));

  function undo(): void {
    const notice = undoable.value;
    if (!notice) return;
    dismiss(notice.id);
    notice.action?.run();
  }

  /** Shows what a request was refused with. @param title what did not happen, e.g. "The run was not started" */
  function fail(title: string, error: unknown): void {
    tell({ level: 'error', title, text: error instanceof BasinError || error instanceof Error ? error.message : String(error) });
  }

  onPush('notice', ({ level, title, text, run }) => {
    tell({ level, title, text, ...(run === undefined ? {} : { run }) });
    if (preferences.preferences.notifications && !document.hasFocus()) notifySystem(title, text);
  });
  return { notices, undoable, tell, fail, dismiss, undo };
});
