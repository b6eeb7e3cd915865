import type { RunSummary } from '../../../../src-main/contract/api/runs.ts';

/** All of a run that free words are looked for in. */
interface Words {
  /** What few others have: its name and its seed. */
  readonly own: string;
  /** The rest; one object for all runs that have the same, so that it is looked through once. */
  readonly shared: { readonly text: string };
}

const known = new WeakMap<RunSummary, Words>();
/** As many as there are different settings, tags and statuses together. */
const sharedTexts = new Map<string, Words['shared']>();

/** Tells whether a run has a word, in small letters, among all that is said of it. */
export function contains(word: string): (run: RunSummary) => boolean {
  const looked = new Map<Words['shared'], boolean>();
  const inShared = (shared: Words['shared']): boolean => {
    let found = looked.get(shared);
    if (found === undefined) looked.set(shared, (found = shared.text.includes(word)));
    return found;
  };
  return (run) => {
    const { own, shared } = wordsOf(run);
    return own.includes(word) || inShared(shared);
  };
}

/** Made once a run object. */
function wordsOf(run: RunSummary): Words {
  let made = known.get(run);
  if (made === undefined) {
    let text = `${run.task}\n${run.method}\n${run.status}\n${run.engine}/${run.device}`;
    for (const tag of run.tags) text += `\n${tag}`;
    for (const name in run.changes) if (name !== 'seed') text += `\n${name} ${String(run.changes[name])}`;
    made = { own: ('seed' in run.changes ? `${run.name}\nseed ${String(run.changes['seed'])}` : run.name).toLowerCase(), shared: shared(text.toLowerCase()) };
    known.set(run, made);
  }
  return made;
}

function shared(text: string): Words['shared'] {
  let made = sharedTexts.get(text);
  if (!made) sharedTexts.set(text, (made = { text }));
  return made;
}

/** Makes what free words are looked for in ahead of the first of them, in slices between other work. @returns a function that stops it */
export function prepareWords(runs: readonly RunSummary[]): () => void {
  let next = 0;
  let idle = 0;
  const work = (deadline: IdleDeadline): void => {
    while (next < runs.length && deadline.timeRemaining() > 1) wordsOf(runs[next++]!);
    if (next < runs.length) idle = requestIdleCallback(work);
  };
  idle = requestIdleCallback(work);
  return () => cancelIdleCallback(idle);
}
