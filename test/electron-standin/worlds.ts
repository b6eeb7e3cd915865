/*
 * What is written into every page before its own scripts: the two ends of `contextBridge`, and `ipcRenderer` for the preload.
 * These functions are turned into text (`worldScripts`), so each must stand alone; `encode` and `decode` are put beside them.
 */
import { decode, encode } from './clone.ts';

/** Chromium's name of the world that preloads run in. */
export const PRELOAD_WORLD = 'electron-preload';
/** A function of that world alone, by which it reaches the main process. */
export const TO_MAIN = '__standin_toMain';
/** A function of that world alone, which the main process calls. */
export const FROM_MAIN = '__standin_fromMain';

/** Something on its way between worlds; functions and promises stay where they are and are named. */
type Packed =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'list'; readonly items: readonly Packed[] }
  | { readonly kind: 'record'; readonly items: readonly (readonly [string, Packed])[] }
  | { readonly kind: 'function' | 'promise'; readonly id: number }
  | { readonly kind: 'error'; readonly message: string };

/** One end of contextBridge. Worlds share the DOM: what one says is an event that the other hears at once. */
interface End {
  pack(value: unknown): Packed;
  unpack(packed: Packed): unknown;
  say(what: string, detail: unknown): void;
  hear(what: string, listener: (detail: never) => void): void;
}

function makeEnd(mine: string, theirs: string): End {
  const functions: ((...args: unknown[]) => unknown)[] = [];
  let promises = 0;
  const settlers = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  let returned: { ok: boolean; value: Packed } | undefined;

  const say = (what: string, detail: unknown) => void window.dispatchEvent(new CustomEvent(`${theirs}:${what}`, { detail }));
  const hear = (what: string, listener: (detail: never) => void) => window.addEventListener(`${mine}:${what}`, (event) => listener((event as CustomEvent).detail as never));

  const isPlain = (value: object) => ![Date, RegExp, Map, Set, ArrayBuffer, Error, Promise].some((kind) => value instanceof kind) && !ArrayBuffer.isView(value);

  function pack(value: unknown): Packed {
    if (typeof value === 'symbol') throw new TypeError('contextBridge does not carry symbols');
    if (typeof value === 'function') return { kind: 'function', id: functions.push(value as never) - 1 };
    if (typeof value !== 'object' || value === null) return { kind: 'value', value };
    if (value instanceof Promise) {
      const id = promises++;
      void value.then(
        (result) => say('settle', { id, ok: true, value: pack(result) }),
        (error: unknown) => say('settle', { id, ok: false, value: pack(error) }),
      );
      return { kind: 'promise', id };
    }
    if (value instanceof Error) return { kind: 'error', message: value.message };
    if (Array.isArray(value)) return { kind: 'list', items: value.map(pack) };
    if (isPlain(value)) return { kind: 'record', items: Object.entries(value).map(([key, each]) => [key, pack(each)] as const) };
    // Copies, and refuses functions inside.
    return { kind: 'value', value: structuredClone(value) };
  }

  function unpack(packed: Packed): unknown {
    switch (packed.kind) {
      case 'value':
        return packed.value;
      case 'list':
        return packed.items.map(unpack);
      case 'record': {
        const record = {};
        for (const [key, each] of packed.items) Object.defineProperty(record, key, { value: unpack(each), enumerable: true, writable: true, configurable: true });
        return record;
      }
      case 'error':
        return new Error(packed.message);
      case 'promise':
        return new Promise((resolve, reject) => settlers.set(packed.id, { resolve, reject }));
      case 'function':
        return (...args: unknown[]) => {
          say('call', { id: packed.id, args: args.map(pack) });
          const { ok, value } = returned!;
          returned = undefined;
          if (ok) return unpack(value);
          throw unpack(value) as Error;
        };
    }
  }

  hear('call', ({ id, args }: { id: number; args: Packed[] }) => {
    try {
      say('return', { ok: true, value: pack(functions[id]!(...args.map(unpack))) });
    } catch (error) {
      say('return', { ok: false, value: pack(error) });
    }
  });
  hear('return', (answer: { ok: boolean; value: Packed }) => (returned = answer));
  hear('settle', ({ id, ok, value }: { id: number; ok: boolean; value: Packed }) => {
    const settler = settlers.get(id);
    settlers.delete(id);
    if (ok) settler?.resolve(unpack(value));
    else settler?.reject(unpack(value));
  });
  return { pack, unpack, say, hear };
}

/** The page's end: what is exposed becomes frozen properties of its `window`. */
function pageWorld(secret: string): void {
  const end = makeEnd(`${secret}p`, `${secret}i`);
  const freeze = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  };
  end.hear('expose', ({ key, api }: { key: string; api: Packed }) => {
    if (Object.hasOwn(window, key)) throw new Error(`Cannot bind an API on top of an existing property on the window object: ${key}`);
    const exposed = end.unpack(api);
    freeze(exposed);
    Object.defineProperty(window, key, { value: exposed, enumerable: true });
    end.say('exposed', key);
  });
  end.say('ready', null);
}

/** The preload's end: `require('electron')` as a sandboxed preload has it. */
function preloadWorld(secret: string, toMain: string, fromMain: string, preload: (require: (name: string) => unknown, module: { exports: unknown }, exports: unknown) => void): void {
  // A preload belongs to the window's own page, not to what that embeds.
  if (window !== window.top) return;
  const end = makeEnd(`${secret}i`, `${secret}p`);
  const exposures = new Map<string, Packed>();
  const expose = () => exposures.forEach((api, key) => end.say('expose', { key, api }));
  end.hear('exposed', (key: string) => void exposures.delete(key));
  end.hear('ready', expose);

  const send = (globalThis as unknown as Record<string, (text: string) => void>)[toMain]!;
  const asked = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const listeners = new Map<string, Set<(...args: unknown[]) => void>>();
  let next = 0;

  const ipcRenderer = {
    invoke(channel: string, ...args: unknown[]): Promise<unknown> {
      return new Promise((resolve, reject) => {
        const id = next++;
        // Throws, and so rejects, where the arguments cannot be cloned.
        const text = encode({ kind: 'invoke', id, channel, args });
        asked.set(id, { resolve, reject });
        send(text);
      });
    },
    send(channel: string, ...args: unknown[]): void {
      send(encode({ kind: 'send', channel, args }));
    },
    on(channel: string, listener: (...args: unknown[]) => void) {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
      return ipcRenderer;
    },
    off(channel: string, listener: (...args: unknown[]) => void) {
      listeners.get(channel)?.delete(listener);
      return ipcRenderer;
    },
  };
  const contextBridge = {
    exposeInMainWorld(key: string, api: unknown): void {
      exposures.set(key, end.pack(api));
      expose();
    },
  };
  /** What is not offered is an error, not `undefined`. */
  const offered = <T extends object>(name: string, members: T): T =>
    new Proxy(members, {
      get(target, member) {
        if (member in target || typeof member === 'symbol' || member === 'then') return Reflect.get(target, member) as unknown;
        throw new Error(`${name}.${member} is not in the stand-in for Electron`);
      },
    });

  (globalThis as unknown as Record<string, unknown>)[fromMain] = (text: string): void => {
    const message = decode(text) as { kind: 'answer' | 'send'; id: number; ok: boolean; value: unknown; channel: string; args: unknown[] };
    if (message.kind === 'send') {
      for (const listener of [...(listeners.get(message.channel) ?? [])]) listener({ sender: ipcRenderer, ports: [] }, ...message.args);
      return;
    }
    const asker = asked.get(message.id);
    asked.delete(message.id);
    if (message.ok) asker?.resolve(message.value);
    else asker?.reject(message.value as Error);
  };

  const electron = offered('electron', { contextBridge: offered('contextBridge', contextBridge), ipcRenderer: offered('ipcRenderer', ipcRenderer) });
  const module = { exports: {} };
  preload(
    (name) => {
      if (name === 'electron') return electron;
      throw new Error(`module not found: ${name} (a sandboxed preload has only electron, events, timers and url)`);
    },
    module,
    module.exports,
  );
}

/**
 * The two scripts, for the page's world and for the preload's.
 *
 * @param secret a name that pages do not know: it is that of the events between the worlds
 * @param preload source text of the preload's file
 */
export function worldScripts(secret: string, preload: string): { readonly page: string; readonly preload: string } {
  const shared = [encode, decode, makeEnd].map(String).join('\n');
  const names = [secret, TO_MAIN, FROM_MAIN].map((name) => JSON.stringify(name)).join(', ');
  return {
    page: `(() => {\n${shared}\n(${String(pageWorld)})(${JSON.stringify(secret)});\n})();`,
    preload: `(() => {\n${shared}\n(${String(preloadWorld)})(${names}, (require, module, exports) => {\n${preload}\n});\n})();`,
  };
}

/** Names that the stand-in offers to a preload, for the test of its API. */
export const PRELOAD_OFFERS = { contextBridge: ['exposeInMainWorld'], ipcRenderer: ['invoke', 'send', 'on', 'off'] } as const;
