/** A job waiting for its turn or running. */
export interface Queued {
  /** Takes a job that has not started out of the queue. @returns false when it runs already or is over. */
  cancel(): boolean;
}

interface Job {
  work: () => Promise<void>;
}

/** Runs jobs in the order in which they came, at most `limit` at once. A job must not reject. */
export class RunQueue {
  #limit: number;
  #running = 0;
  readonly #waiting: Job[] = [];

  /** @param limit jobs at once, at least 1. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** A higher limit starts waiting jobs at once; a lower one ends nothing that runs. */
  set limit(limit: number) {
    this.#limit = limit;
    this.#startNext();
  }

  add(work: () => Promise<void>): Queued {
    const job: Job = { work };
    this.#waiting.push(job);
    this.#startNext();
    return {
      cancel: () => {
        const at = this.#waiting.indexOf(job);
        if (at >= 0) this.#waiting.splice(at, 1);
        return at >= 0;
      },
    };
  }

  #startNext(): void {
    while (this.#running < this.#limit) {
      const job = this.#waiting.shift();
      if (!job) return;
      this.#running++;
      void job.work().finally(() => {
        this.#running--;
        this.#startNext();
      });
    }
  }
}
