import type { BasinBridge as Bridge } from '../src-main/contract/channel/bridge.ts';

declare global {
  type BasinBridge = Bridge;
  /** Packages that the product consists of, by the bundler. */
  const __LICENCES__: readonly { readonly name: string; readonly version: string; readonly licence: string }[];
  interface Window {
    /** Absent in a browser. */
    readonly basin?: BasinBridge;
  }
}
