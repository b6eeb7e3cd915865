import type { Router, RouteRecordNormalized } from 'vue-router';

type Loader = () => Promise<unknown>;
/** A page that has been shown is no function any more. */
const loaderOf = ({ components }: RouteRecordNormalized): Loader | undefined => (typeof components?.['default'] === 'function' ? (components['default'] as Loader) : undefined);

/** The first page's own data go first. */
const AFTER_MS = 300;

/**
 * Fetches the code of the other pages while nothing else is to be done, one page at a time: opening a run or a buffer then begins with
 * its data, and not with a score of files. What cannot be fetched now is fetched, and complained about, when its page is asked for.
 */
export async function fetchAhead(router: Router): Promise<void> {
  await router.isReady().catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, AFTER_MS));
  for (const load of router.getRoutes().flatMap((route) => loaderOf(route) ?? [])) {
    await new Promise((resolve) => requestIdleCallback(resolve));
    await load().catch(() => undefined);
  }
}
