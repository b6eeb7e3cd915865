import { inFrame } from './frames.ts';

/** Width and height, px. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Does a chart's work when it can be seen, at most once a frame, and knows how much room its canvas has: told by the browser when it
 * lays out the page, since asking would make it do so anew for each chart.
 */
export class Painter {
  #visible = true;
  #wanted = false;
  #size: Size | undefined;
  #cancel: () => void = () => undefined;
  readonly #room: Element;
  readonly #work: () => void;
  readonly #resized: (size: Size) => void;
  readonly #sight: IntersectionObserver;
  readonly #sizes: ResizeObserver;

  /** @param resized told of another size, or another number of pixels to a px; also of the first size, in the midst of laying out: the canvas must be right when it returns */
  constructor(canvas: HTMLCanvasElement, work: () => void, resized: (size: Size) => void) {
    this.#room = canvas.parentElement!;
    this.#work = work;
    this.#resized = resized;
    this.#sight = new IntersectionObserver((entries) => {
      this.#visible = entries.at(-1)!.isIntersecting;
      if (this.#wanted) this.request();
    });
    this.#sight.observe(this.#room);
    this.#sizes = new ResizeObserver((entries) => this.#take(entries.at(-1)!.contentRect));
    this.#sizes.observe(this.#room);
    // Another screen, or the page's zoom: a px has other pixels.
    window.addEventListener('resize', this.#again);
  }

  /** The canvas' room. */
  get size(): Size {
    return this.#size ?? { width: this.#room.clientWidth, height: this.#room.clientHeight };
  }

  /** Asks for the work to be done. */
  request(): void {
    this.#wanted = true;
    if (this.#visible) this.#cancel = inFrame(this.#do);
  }

  stop(): void {
    this.#cancel();
    this.#sight.disconnect();
    this.#sizes.disconnect();
    window.removeEventListener('resize', this.#again);
  }

  #take({ width, height }: Size): void {
    // Hidden: it comes back as it was.
    if (width === 0 || height === 0) return;
    this.#size = { width: Math.floor(width), height: Math.floor(height) };
    this.#resized(this.#size);
  }

  readonly #again = (): void => {
    if (this.#size) this.#resized(this.#size);
  };

  readonly #do = (): void => {
    if (!this.#wanted || !this.#visible) return;
    this.#wanted = false;
    this.#work();
  };
}
