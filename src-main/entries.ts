/** Basin's programs that run as a process or a thread of their own, by name and source file. */
const SOURCES = {
  trainer: './trainer/process.ts',
  trial: './trainer/trial-process.ts',
  models: './host/models/process.ts',
  references: './trainer/references-worker.ts',
  'engine-worker': './engine/compiled/worker.ts',
  'engine-probe': './engine/probe-process.ts',
} as const;

export type Entry = keyof typeof SOURCES;

/**
 * Where a program's file is: beside this one in a build (dist/main is flat), in its folder when the sources run as
 * they are (tests: Node 24 strips the types itself).
 */
export function entryUrl(entry: Entry): URL {
  return new URL(import.meta.url.endsWith('.ts') ? SOURCES[entry] : `./${entry}.js`, import.meta.url);
}
