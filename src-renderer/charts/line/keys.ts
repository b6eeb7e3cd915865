/** What a key means on a focused chart. */
export type ChartAction =
  | { readonly name: 'step'; readonly direction: 1 | -1; readonly far: boolean }
  | { readonly name: 'edge'; readonly direction: 1 | -1 }
  | { readonly name: 'zoom'; readonly factor: number }
  | { readonly name: 'pan'; readonly x: number; readonly y: number }
  | { readonly name: 'reset' | 'scale' | 'smooth' | 'pin' | 'full' | 'table' | 'copy' | 'png' | 'svg' | 'csv' | 'leave' };

const PAN_STEP = 0.2;
const ZOOM_STEP = 1.5;

const SHIFTED: Readonly<Record<string, readonly [x: number, y: number]>> = { ArrowLeft: [-PAN_STEP, 0], ArrowRight: [PAN_STEP, 0], ArrowUp: [0, PAN_STEP], ArrowDown: [0, -PAN_STEP] };

const PLAIN: Readonly<Record<string, ChartAction>> = {
  ArrowLeft: { name: 'step', direction: -1, far: false },
  ArrowRight: { name: 'step', direction: 1, far: false },
  PageUp: { name: 'step', direction: -1, far: true },
  PageDown: { name: 'step', direction: 1, far: true },
  Home: { name: 'edge', direction: -1 },
  End: { name: 'edge', direction: 1 },
  '+': { name: 'zoom', factor: 1 / ZOOM_STEP },
  '=': { name: 'zoom', factor: 1 / ZOOM_STEP },
  '-': { name: 'zoom', factor: ZOOM_STEP },
  '−': { name: 'zoom', factor: ZOOM_STEP },
  0: { name: 'reset' },
  l: { name: 'scale' },
  s: { name: 'smooth' },
  y: { name: 'pin' },
  f: { name: 'full' },
  t: { name: 'table' },
  c: { name: 'copy' },
  p: { name: 'png' },
  v: { name: 'svg' },
  x: { name: 'csv' },
  Escape: { name: 'leave' },
};

/** What a key press means; undefined: it is not the chart's (with Ctrl, Alt or Cmd it never is). */
export function actionOf({ key, shiftKey, ctrlKey, altKey, metaKey }: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey'>): ChartAction | undefined {
  if (ctrlKey || altKey || metaKey) return undefined;
  const pan = shiftKey ? SHIFTED[key] : undefined;
  if (pan) return { name: 'pan', x: pan[0], y: pan[1] };
  // "+" needs Shift on many keyboards; letters do not.
  return shiftKey && /^[a-z]$/i.test(key) ? undefined : PLAIN[key.length === 1 ? key.toLowerCase() : key];
}
