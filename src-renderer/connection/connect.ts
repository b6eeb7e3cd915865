import { createClient, wireOver, type Client, type Wire } from '../../src-main/contract/channel/client.ts';
import { openWebSocket } from './websocket.ts';

/** Connects to the host: through Electron's preload where that is there, else over a WebSocket to where the page came from. */
export async function connect(): Promise<Client> {
  return createClient(window.basin ? wireOfBridge(window.basin) : wireOver(await openWebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/channel`)));
}

const wireOfBridge = (bridge: BasinBridge): Wire => ({
  call: (name, input) => bridge.requests[name](input),
  onPush: (listener) => bridge.onPush(listener),
  onClose: (listener) => bridge.onClose(listener),
});
