import type { Chart } from 'chart.js';

/**
 * Lets a chart draw at most once a frame, and only while it can be seen: updates in between cost their layout, not their pixels.
 * @returns ends it
 */
export function paintPerFrame(chart: Chart, canvas: HTMLCanvasElement): () => void {
  let visible = true;
  let wanted = false;
  let frame = 0;
  const paint = (): void => {
    frame = 0;
    if (!wanted || !visible) return;
    wanted = false;
    chart.draw();
  };
  chart.render = () => {
    wanted = true;
    if (visible && frame === 0) frame = requestAnimationFrame(paint);
  };
  const observer = new IntersectionObserver((entries) => {
    visible = entries.at(-1)!.isIntersecting;
    if (visible && wanted && frame === 0) frame = requestAnimationFrame(paint);
  });
  observer.observe(canvas);
  return () => {
    observer.disconnect();
    cancelAnimationFrame(frame);
  };
}
