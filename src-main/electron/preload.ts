import { contextBridge, ipcRenderer } from 'electron';
import { REQUEST_NAMES, type RequestNames } from '../contract/api/request-names.ts';
import type { BasinBridge } from '../contract/channel/bridge.ts';
import type { Answer } from '../contract/channel/message.ts';
import { OPEN, PUSH, requestChannel } from './channels.ts';

/*
 * Runs in the window's sandbox, in a world of its own beside the page. The page gets one function a request and cannot name a
 * channel; `ipcRenderer` itself stays here.
 */

const ask = (name: RequestNames) => (input: unknown) => ipcRenderer.invoke(requestChannel(name), input) as Promise<Answer>;

const bridge: BasinBridge = {
  requests: Object.fromEntries(REQUEST_NAMES.map((name) => [name, ask(name)])) as BasinBridge['requests'],
  onPush: (listener) => {
    ipcRenderer.on(PUSH, (_event, name: string, payload: unknown) => listener(name, payload));
    // Only from now on is the page told anything: what came before would be lost.
    ipcRenderer.send(OPEN);
  },
  // The window does not outlive its host.
  onClose: () => undefined,
};

contextBridge.exposeInMainWorld('basin', bridge);
