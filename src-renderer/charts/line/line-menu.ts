import type { MenuEntry } from '../parts/menu-entry.ts';
import { savingItems } from '../parts/saving-items.ts';
import type { Saving } from '../save/useSaving.ts';
import type { Scale } from '../types.ts';

/** What the menu of a line chart can do. */
export interface LineActions extends Saving {
  setScale(scale: Scale): void;
  smooth(): void;
  pin(): void;
  reset(): void;
  toggleFull(): void;
  toggleTable(): void;
}

export interface LineState {
  readonly scale: Scale;
  readonly smoothable: boolean;
  readonly smoothing: number;
  readonly pinned: boolean;
  readonly moved: boolean;
  readonly full: boolean;
  readonly table: boolean;
  readonly empty: boolean;
}

const SCALES: readonly { scale: Scale; label: string }[] = [
  { scale: 'linear', label: 'Linear scale' },
  { scale: 'log', label: 'Log scale' },
  { scale: 'symlog', label: 'Symlog scale' },
];

export function lineMenu(state: LineState, actions: LineActions): MenuEntry[] {
  return [
    ...SCALES.map(({ scale, label }) => ({ label, checked: state.scale === scale, ...(scale === 'linear' ? { keys: 'L' } : {}), run: () => actions.setScale(scale) })),
    ...(state.smoothable ? [{ label: state.smoothing > 0 ? 'Change smoothing' : 'Smooth', keys: 'S', separated: true, run: () => actions.smooth() }] : []),
    { label: 'Pin the y range', keys: 'Y', checked: state.pinned, separated: !state.smoothable, run: () => actions.pin() },
    { label: 'Show everything', keys: '0', disabled: !state.moved, run: () => actions.reset() },
    ...savingItems(actions, state, () => actions.toggleFull(), () => actions.toggleTable(), true),
  ];
}
