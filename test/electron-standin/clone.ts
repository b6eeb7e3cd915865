/*
 * Structured clones as text. `encode` and `decode` are also written into pages (worlds.ts): each must stand alone.
 */

/** A value as text. @throws DataCloneError for what Electron's messages cannot carry */
export function encode(value: unknown): string {
  const refuse = (what: string): never => {
    throw new DOMException(`An object could not be cloned (${what})`, 'DataCloneError');
  };
  const bytesOf = (buffer: ArrayBufferLike, offset: number, length: number): string => {
    if (typeof SharedArrayBuffer !== 'undefined' && buffer instanceof SharedArrayBuffer) refuse('shared memory does not leave its process');
    const bytes = new Uint8Array(buffer, offset, length);
    let text = '';
    for (let from = 0; from < bytes.length; from += 0x8000) text += String.fromCharCode(...bytes.subarray(from, from + 0x8000));
    return btoa(text);
  };
  const seen = new Map<object, number>();
  const entries: unknown[] = [];
  const pack = (item: unknown): unknown => {
    switch (typeof item) {
      case 'undefined':
        return ['u'];
      case 'number':
        return Number.isFinite(item) && !Object.is(item, -0) ? item : ['n', Object.is(item, -0) ? '-0' : String(item)];
      case 'bigint':
        return ['i', String(item)];
      case 'string':
      case 'boolean':
        return item;
      case 'object':
        return item === null ? null : reference(item);
      default:
        return refuse(typeof item);
    }
  };
  const reference = (item: object): unknown => {
    const known = seen.get(item);
    if (known !== undefined) return ['r', known];
    const at = entries.length;
    seen.set(item, at);
    entries.push(null);
    entries[at] = packObject(item);
    return ['r', at];
  };
  const packObject = (item: object): unknown => {
    if (Array.isArray(item)) return ['a', Array.from(item, pack)];
    if (item instanceof Date) return ['d', item.getTime()];
    if (item instanceof RegExp) return ['x', item.source, item.flags];
    if (item instanceof Map) return ['m', [...item].map(([key, each]) => [pack(key), pack(each)])];
    if (item instanceof Set) return ['s', [...item].map(pack)];
    if (item instanceof Error) return ['e', item.name, item.message, item.stack ?? ''];
    if (item instanceof ArrayBuffer) return ['b', 'ArrayBuffer', bytesOf(item, 0, item.byteLength)];
    if (ArrayBuffer.isView(item)) return ['b', (item as { [Symbol.toStringTag]?: string })[Symbol.toStringTag] ?? 'DataView', bytesOf(item.buffer, item.byteOffset, item.byteLength)];
    if (item instanceof Promise || item instanceof WeakMap || item instanceof WeakSet) return refuse(item.constructor.name);
    return ['o', Object.entries(item).map(([key, each]) => [key, pack(each)])];
  };
  const root = pack(value);
  return JSON.stringify([root, entries]);
}

/** The value of a text that `encode` made. */
export function decode(text: string): unknown {
  const [root, entries] = JSON.parse(text) as [unknown, [string, ...unknown[]][]];
  const made: unknown[] = [];
  const done = new Set<number>();
  const bytesOf = (packed: string): ArrayBuffer => {
    const binary = atob(packed);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
    return bytes.buffer;
  };
  const unpack = (item: unknown): unknown => {
    if (!Array.isArray(item)) return item;
    const [kind, content] = item as [string, unknown];
    switch (kind) {
      case 'u':
        return undefined;
      case 'n':
        return Number(content);
      case 'i':
        return BigInt(content as string);
      default:
        return entry(content as number);
    }
  };
  const entry = (at: number): unknown => {
    if (done.has(at)) return made[at];
    done.add(at);
    const [kind, first, second, third] = entries[at]!;
    switch (kind) {
      case 'a': {
        const array: unknown[] = [];
        made[at] = array;
        for (const each of first as unknown[]) array.push(unpack(each));
        break;
      }
      case 'o': {
        const object = {};
        made[at] = object;
        // Not by assignment: a key may be "__proto__".
        for (const [key, each] of first as [string, unknown][]) Object.defineProperty(object, key, { value: unpack(each), enumerable: true, writable: true, configurable: true });
        break;
      }
      case 'm': {
        const map = new Map<unknown, unknown>();
        made[at] = map;
        for (const [key, each] of first as [unknown, unknown][]) map.set(unpack(key), unpack(each));
        break;
      }
      case 's': {
        const set = new Set<unknown>();
        made[at] = set;
        for (const each of first as unknown[]) set.add(unpack(each));
        break;
      }
      case 'd':
        made[at] = new Date(first as number);
        break;
      case 'x':
        made[at] = new RegExp(first as string, second as string);
        break;
      case 'e':
        made[at] = Object.assign(new Error(second as string), { name: first, stack: third });
        break;
      default: {
        const buffer = bytesOf(second as string);
        const Made = (globalThis as unknown as Record<string, new (buffer: ArrayBuffer) => unknown>)[first as string]!;
        made[at] = first === 'ArrayBuffer' ? buffer : new Made(buffer);
      }
    }
    return made[at];
  };
  return unpack(root);
}
