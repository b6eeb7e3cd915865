import type { BasinBridge as Bridge } from '../src-main/contract/channel/bridge.ts';

declare global {
  type BasinBridge = Bridge;
  interface Window {
    /** Absent in a browser. */
    readonly basin?: BasinBridge;
  }
}
