import type { RequestNames } from '../contract/api/request-names.ts';

/** Names of what passes between a window's preload and the main process. Free of schemas, as the preload is. */

/** A page says that it is there and listens. */
export const OPEN = 'basin:open';
/** The host tells the page something: name, payload. */
export const PUSH = 'basin:push';
/** A request of a name. */
export const requestChannel = (name: RequestNames): string => `basin:request:${name}`;
