import { inject, provide } from 'vue';

const KEY = 'overlay-target';

/**
 * Where menus are put: into an element of index.html that is a landmark, beside what Vue patches. (Inside the page they would come between
 * its nodes, and changing the page would break.) In a dialog directly under the body, because everything else is hidden from assistive
 * tools while it is open.
 */
export const useOverlayTarget = (): string => inject(KEY, '#overlays');

/** Called by dialogs. */
export const overlaysBesidePage = (): void => provide(KEY, 'body');

/** Whether it is shown in a dialog, which keeps focus and pointer to itself: nothing can fill the window from there. */
export const useInDialog = (): boolean => inject<string | null>(KEY, null) !== null;
