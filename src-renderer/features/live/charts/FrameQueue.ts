/**
 * Jobs that each cost a good part of a frame, one a frame in the order in which they were asked for: charts that all have something
 * new never hold up scrolling or typing together. A job that waits already is not put in again.
 */
export class FrameQueue {
  readonly #waiting = new Set<() => void>();
  readonly #nextFrame: (act: () => void) => void;
  #due = false;

  /** @param nextFrame calls back once, before the next frame is drawn; not at all while nobody can see the page */
  constructor(nextFrame: (act: () => void) => void = (act) => void requestAnimationFrame(act)) {
    this.#nextFrame = nextFrame;
  }

  add(job: () => void): void {
    this.#waiting.add(job);
    this.#plan();
  }

  remove(job: () => void): void {
    this.#waiting.delete(job);
  }

  #plan(): void {
    if (this.#due || this.#waiting.size === 0) return;
    this.#due = true;
    this.#nextFrame(() => {
      this.#due = false;
      const [job] = this.#waiting;
      if (job) {
        this.#waiting.delete(job);
        job();
      }
      this.#plan();
    });
  }
}
