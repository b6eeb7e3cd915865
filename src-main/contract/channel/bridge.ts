import type { RequestNames } from '../api/request-names.ts';
import type { Answer } from './message.ts';

/** What the desktop window's preload exposes to the page as `window.basin`: one function a request, and two ways to listen. */
export interface BasinBridge {
  readonly requests: Readonly<Record<RequestNames, (input: unknown) => Promise<Answer>>>;
  onPush(listener: (name: string, payload: unknown) => void): void;
  onClose(listener: (reason: string) => void): void;
}
