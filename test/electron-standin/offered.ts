/** Names that Node and Promise look for on any object. */
const LOOKED_FOR = new Set(['then', 'toJSON', 'inspect', 'constructor', 'prototype', 'name', 'length']);

/** Members of `electron` that are used and not offered end a test: they are kept here as well as thrown. */
export const missing: string[] = [];

/** An object or class that offers its own members and those of what it inherits; using any other is an error. */
export function offered<T extends object>(name: string, members: T): T {
  return new Proxy(members, {
    get(target, member, receiver) {
      if (member in target || typeof member === 'symbol' || LOOKED_FOR.has(member)) {
        const value = Reflect.get(target, member, target) as unknown;
        // Private fields belong to the object itself.
        return typeof value === 'function' && !isClass(value as (...args: never[]) => unknown) && receiver !== target ? (value as (...args: unknown[]) => unknown).bind(target) : value;
      }
      missing.push(`${name}.${member}`);
      throw new Error(`${name}.${member} is not in the stand-in for Electron: test/electron-standin`);
    },
    set: (target, member, value) => Reflect.set(target, member, value, target),
  });
}

const isClass = (value: (...args: never[]) => unknown): boolean => Function.prototype.toString.call(value).startsWith('class ');
