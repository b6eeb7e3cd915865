import { onScopeDispose, shallowRef } from 'vue';

/** The time, ms since 1970, anew every second: for "stored 12 s ago". */
export function useNow() {
  const now = shallowRef(Date.now());
  const timer = setInterval(() => (now.value = Date.now()), 1000);
  onScopeDispose(() => clearInterval(timer));
  return now;
}
