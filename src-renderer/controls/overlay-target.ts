import { inject, provide } from 'vue';

const KEY = 'overlay-target';

/**
 * Where menus are put: into the page, so that they belong to a landmark; inside a dialog beside it, because what is under a dialog is
 * hidden from assistive tools while it is open.
 */
export const useOverlayTarget = (): string => inject(KEY, '#page');

/** Called by dialogs. */
export const overlaysBesidePage = (): void => provide(KEY, 'body');
