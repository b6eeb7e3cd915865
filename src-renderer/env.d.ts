import type { Answer } from '../src-main/contract/channel/message.ts';
import type { RequestNames } from '../src-main/contract/api/request-names.ts';

declare global {
  /** What Electron's preload exposes: one function a request, and two ways to listen. Absent in a browser. */
  interface BasinBridge {
    readonly requests: Readonly<Record<RequestNames, (input: unknown) => Promise<Answer>>>;
    onPush(listener: (name: string, payload: unknown) => void): void;
    onClose(listener: (reason: string) => void): void;
  }
  interface Window {
    readonly basin?: BasinBridge;
  }
}
