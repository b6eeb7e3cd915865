/*
 * Keys as commands name them: one or more presses, separated by spaces ("g r"); a press is a key after its modifiers ("mod+shift+e").
 * `mod` is Ctrl, and Cmd on a Mac. A character that needs Shift is named by itself ("?"); Shift is named for letters and named keys.
 */

/** What matters of a KeyboardEvent. */
export interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Time in which the next press of a sequence must come, ms. */
const PATIENCE_MS = 1200;
const MODIFIERS = new Set(['Control', 'Meta', 'Alt', 'Shift', 'AltGraph']);

/** A press in the words of a command's keys; undefined for a modifier alone. */
export function nameOf(press: Press, mac: boolean): string | undefined {
  if (MODIFIERS.has(press.key)) return undefined;
  const letter = press.key.length === 1;
  const shiftCounts = press.shiftKey && (!letter || press.key.toLowerCase() !== press.key.toUpperCase());
  const parts = [
    (mac ? press.metaKey : press.ctrlKey) ? 'mod' : '',
    mac && press.ctrlKey ? 'ctrl' : '',
    press.altKey ? 'alt' : '',
    shiftCounts ? 'shift' : '',
    press.key === ' ' ? 'space' : press.key.toLowerCase(),
  ];
  return parts.filter((part) => part !== '').join('+');
}

/** Follows presses through sequences. */
export class KeyFollower {
  #pressed: string[] = [];
  #at = -Infinity;

  /**
   * Takes a press.
   *
   * @param keysOf the keys of everything that could be done now
   * @param at time of the press, ms
   * @returns the place in `keysOf` of what is now complete; 'more' when a sequence goes on; undefined when nothing begins like this
   */
  press(name: string, keysOf: readonly string[], at: number): number | 'more' | undefined {
    const going = at - this.#at <= PATIENCE_MS ? [...this.#pressed, name] : [name];
    // What does not continue a sequence may begin one.
    for (const pressed of going.length > 1 ? [going, [name]] : [going]) {
      const text = pressed.join(' ');
      const complete = keysOf.indexOf(text);
      if (complete !== -1) {
        this.#pressed = [];
        return complete;
      }
      if (keysOf.some((keys) => keys.startsWith(`${text} `))) {
        this.#pressed = pressed;
        this.#at = at;
        return 'more';
      }
    }
    this.#pressed = [];
    return undefined;
  }
}

const SHOWN: Readonly<Record<string, string>> = { space: 'Space', enter: 'Enter', escape: 'Esc', delete: 'Del', arrowup: '↑', arrowdown: '↓', arrowleft: '←', arrowright: '→', home: 'Home', end: 'End', shift: 'Shift', alt: 'Alt', ctrl: 'Ctrl' };

/** Keys as a person reads them: "Ctrl K", "g r"; on a Mac "⌘ K". One entry a press. */
export function shownKeys(keys: string, mac: boolean): string[] {
  return keys.split(' ').map((press) =>
    press
      .split(/\+(?=.)/)
      .map((part) => (part === 'mod' ? (mac ? '⌘' : 'Ctrl') : (SHOWN[part] ?? (press.includes('mod+') ? part.toUpperCase() : part))))
      .join(' '),
  );
}

export const isMac = (): boolean => /^Mac/.test(navigator.platform);
