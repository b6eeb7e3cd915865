import { shallowRef, type Ref } from 'vue';
import type { Box } from './cursor-layer.ts';

/** Shorter drags are clicks. */
const LEAST = 6;
/** A drag along one axis zooms that axis only. */
const FLAT = 16;

interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Which axes a drag means, from how far it went, px. */
export const dragAxes = (dx: number, dy: number): { x: boolean; y: boolean } => ({ x: dx >= FLAT || (dx >= LEAST && dx >= dy), y: dy >= FLAT * 1.5 || (dy >= LEAST && dy > dx && dx < LEAST) });

/** Drawing a box with the mouse, to zoom to. @param pointOf an event's place on the canvas, px */
export function useDragBox(area: () => Area | undefined, pointOf: (event: PointerEvent) => { x: number; y: number }, zoomTo: (box: Box, axes: { x: boolean; y: boolean }) => void, changed: () => void) {
  const box: Ref<Box | undefined> = shallowRef();
  let start: { x: number; y: number } | undefined;

  function boxTo(event: PointerEvent): { box: Box; axes: { x: boolean; y: boolean } } | undefined {
    const inside = area();
    if (!start || !inside) return undefined;
    const { x, y } = pointOf(event);
    const axes = dragAxes(Math.abs(x - start.x), Math.abs(y - start.y));
    if (!axes.x && !axes.y) return undefined;
    const clampX = (value: number): number => Math.max(inside.left, Math.min(inside.right, value));
    const clampY = (value: number): number => Math.max(inside.top, Math.min(inside.bottom, value));
    return {
      axes,
      box: {
        left: axes.x ? clampX(Math.min(start.x, x)) : inside.left,
        right: axes.x ? clampX(Math.max(start.x, x)) : inside.right,
        top: axes.y ? clampY(Math.min(start.y, y)) : inside.top,
        bottom: axes.y ? clampY(Math.max(start.y, y)) : inside.bottom,
      },
    };
  }

  /** Begins with the main button of a mouse, inside the plot. */
  function down(event: PointerEvent): void {
    const inside = area();
    if (event.pointerType !== 'mouse' || event.button !== 0 || event.shiftKey || !inside) return;
    const { x, y } = pointOf(event);
    if (x >= inside.left && x <= inside.right && y >= inside.top && y <= inside.bottom) start = { x, y };
  }

  /** @returns whether a box is being drawn */
  function move(event: PointerEvent): boolean {
    if (!start) return false;
    if ((event.buttons & 1) === 0) {
      cancel();
      return false;
    }
    const now = boxTo(event);
    // From here on the drag is ours, also outside the chart.
    if (now && !box.value) (event.currentTarget as Element).setPointerCapture(event.pointerId);
    if (now ?? box.value) {
      box.value = now?.box;
      changed();
    }
    return now !== undefined;
  }

  function up(event: PointerEvent): void {
    const now = boxTo(event);
    cancel();
    if (now) zoomTo(now.box, now.axes);
  }

  function cancel(): void {
    start = undefined;
    if (!box.value) return;
    box.value = undefined;
    changed();
  }

  return { box, down, move, up, cancel };
}
