/**
 * Time a frame may spend on telling what to draw before the rest waits for the next one; the drawing itself comes on top. Every frame
 * costs as much as a chart or two: several charts of a live run share one.
 */
const BUDGET_MS = 6;
/** … or this part of what the frame before took from its start to the next one's: where frames are long anyhow, as while a page is being made, fewer of them are done sooner. */
const SHARE = 0.5;

const waiting = new Set<() => void>();
let frame = 0;
/** When the frame before began, if it left something to this one. */
let began: number | undefined;

/**
 * Does a job in an animation frame, each at most once a frame. Jobs of many charts that became due together are spread over
 * frames, the longest waiting first, so that no frame is long because six charts are on the page.
 * @returns takes the job back
 */
export function inFrame(job: () => void): () => void {
  waiting.add(job);
  frame ||= requestAnimationFrame(run);
  return () => waiting.delete(job);
}

function run(): void {
  frame = 0;
  const start = performance.now();
  const budget = Math.max(BUDGET_MS, SHARE * (start - (began ?? start)));
  for (const job of [...waiting]) {
    waiting.delete(job);
    job();
    if (performance.now() - start > budget) break;
  }
  began = waiting.size > 0 ? start : undefined;
  if (waiting.size > 0) frame ||= requestAnimationFrame(run);
}
