import { describe, expect, it } from 'vitest';
import { KeyFollower, nameOf, shownKeys } from '../../../../src-renderer/shell/keyboard.ts';

const press = (key: string, held: { ctrl?: boolean; meta?: boolean; alt?: boolean; shift?: boolean } = {}) => ({ key, ctrlKey: held.ctrl ?? false, metaKey: held.meta ?? false, altKey: held.alt ?? false, shiftKey: held.shift ?? false });

describe('a press is named as commands name it', () => {
  it.each([
    [press('g'), false, 'g'],
    [press('K', { ctrl: true, shift: true }), false, 'mod+shift+k'],
    [press('k', { ctrl: true }), false, 'mod+k'],
    [press('k', { meta: true }), true, 'mod+k'],
    [press('k', { ctrl: true }), true, 'ctrl+k'],
    // Shift is needed to type it, so it is no modifier of it.
    [press('?', { shift: true }), false, '?'],
    [press('ArrowLeft', { alt: true }), false, 'alt+arrowleft'],
    [press('Enter', { shift: true }), false, 'shift+enter'],
    [press(' '), false, 'space'],
    [press('Shift', { shift: true }), false, undefined],
    [press('Control', { ctrl: true }), false, undefined],
  ])('%o on a Mac: %s', (event, mac, name) => expect(nameOf(event, mac)).toBe(name));
});

describe('sequences', () => {
  const keys = ['mod+k', 'g r', 'g s', 'r', 'g r x'];

  it('completes one press at once', () => expect(new KeyFollower().press('mod+k', keys, 0)).toBe(0));
  it('waits for the second press and tells which one it was', () => {
    const follower = new KeyFollower();
    expect(follower.press('g', keys, 0)).toBe('more');
    expect(follower.press('s', keys, 500)).toBe(2);
    // It is over: s alone begins nothing.
    expect(follower.press('s', keys, 600)).toBeUndefined();
  });
  it('prefers the sequence over the second key by itself', () => {
    const follower = new KeyFollower();
    follower.press('g', keys, 0);
    expect(follower.press('r', keys, 100)).toBe(1);
    expect(follower.press('r', keys, 200)).toBe(3);
  });
  it('forgets a first press after a while', () => {
    const follower = new KeyFollower();
    follower.press('g', keys, 0);
    expect(follower.press('r', keys, 5000)).toBe(3);
  });
  it('lets a key that does not continue begin anew', () => {
    const follower = new KeyFollower();
    follower.press('g', keys, 0);
    expect(follower.press('mod+k', keys, 100)).toBe(0);
    follower.press('g', keys, 200);
    expect(follower.press('g', keys, 300)).toBe('more');
    expect(follower.press('s', keys, 400)).toBe(2);
  });
  it('leaves other keys alone', () => expect(new KeyFollower().press('q', keys, 0)).toBeUndefined());
});

it('shows keys as a person knows them', () => {
  expect(shownKeys('mod+k', false)).toEqual(['Ctrl K']);
  expect(shownKeys('mod+k', true)).toEqual(['⌘ K']);
  expect(shownKeys('g r', false)).toEqual(['g', 'r']);
  expect(shownKeys('mod++', false)).toEqual(['Ctrl +']);
  expect(shownKeys('alt+arrowleft', false)).toEqual(['Alt ←']);
});
