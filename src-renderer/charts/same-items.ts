/** `now`, or `before` itself where both hold the same items, key by key: who is given what they had neither renders nor draws. */
export function sameItems<T extends object>(before: readonly T[] | undefined, now: readonly T[]): readonly T[] {
  const same = (a: T, b: T): boolean => (Object.keys({ ...a, ...b }) as (keyof T)[]).every((key) => a[key] === b[key]);
  return before?.length === now.length && now.every((item, k) => same(before[k]!, item)) ? before : now;
}
