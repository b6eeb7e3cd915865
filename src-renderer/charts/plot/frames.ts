/**
 * Time a frame may spend on telling what to draw before the rest waits for the next one; the drawing itself comes on top. Every frame
 * costs as much as a chart or two: several charts of a live run share one.
 */
const BUDGET_MS = 6;

const waiting = new Set<() => void>();
let frame = 0;

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
  for (const job of [...waiting]) {
    waiting.delete(job);
    job();
    if (performance.now() - start > BUDGET_MS) break;
  }
  if (waiting.size > 0) frame ||= requestAnimationFrame(run);
}
