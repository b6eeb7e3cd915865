/** Ids in their order as "3-7,12": three or more that count up by one become a range. */
export function writeIds(ids: readonly number[]): string {
  const parts: string[] = [];
  for (let start = 0; start < ids.length; ) {
    let end = start;
    while (end + 1 < ids.length && ids[end + 1] === ids[end]! + 1) end++;
    if (end - start >= 2) parts.push(`${ids[start]}-${ids[end]}`);
    else for (let i = start; i <= end; i++) parts.push(String(ids[i]));
    start = end + 1;
  }
  return parts.join(',');
}

export interface IdList {
  readonly ids: readonly number[];
  /** Parts that are no ids. */
  readonly wrong: readonly string[];
  /** Whether there were more than `limit`. */
  readonly cut: boolean;
}

/** Ids of such a text, each once, at most `limit` of them. */
export function readIds(text: string, limit: number): IdList {
  const ids = new Set<number>();
  const wrong: string[] = [];
  let cut = false;
  for (const part of text.split(',').filter((candidate) => candidate.trim() !== '')) {
    const [, first, last] = /^\s*(\d{1,15})(?:-(\d{1,15}))?\s*$/.exec(part) ?? [];
    const from = Number(first);
    const to = last === undefined ? from : Number(last);
    if (first === undefined || from < 1 || to < from) {
      wrong.push(part);
      continue;
    }
    for (let id = from; id <= to && !cut; id++) {
      if (!ids.has(id) && ids.size === limit) cut = true;
      else ids.add(id);
    }
  }
  return { ids: [...ids], wrong, cut };
}
