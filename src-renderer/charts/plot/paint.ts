import { inFrame } from './frames.ts';

/** Does a chart's work when it can be seen, at most once a frame. */
export class Painter {
  #visible = true;
  #wanted = false;
  #cancel: () => void = () => undefined;
  readonly #work: () => void;
  readonly #observer: IntersectionObserver;

  constructor(element: Element, work: () => void) {
    this.#work = work;
    this.#observer = new IntersectionObserver((entries) => {
      this.#visible = entries.at(-1)!.isIntersecting;
      if (this.#wanted) this.request();
    });
    this.#observer.observe(element);
  }

  /** Asks for the work to be done. */
  request(): void {
    this.#wanted = true;
    if (this.#visible) this.#cancel = inFrame(this.#do);
  }

  stop(): void {
    this.#cancel();
    this.#observer.disconnect();
  }

  readonly #do = (): void => {
    if (!this.#wanted || !this.#visible) return;
    this.#wanted = false;
    this.#work();
  };
}
