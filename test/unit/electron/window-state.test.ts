import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { place, readWindowState, writeWindowState } from '../../../src-main/electron/window-state.ts';

const first = { x: 0, y: 24, width: 1920, height: 1056 };
const second = { x: 1920, y: 0, width: 1280, height: 1024 };
const state = { x: 100, y: 100, width: 1440, height: 900, maximised: false };

describe('a window opens', () => {
  it('where it was', () => {
    expect(place(state, [first, second])).toEqual({ x: 100, y: 100, width: 1440, height: 900 });
    expect(place({ ...state, x: 2000, y: 10, width: 1000 }, [first, second])).toEqual({ x: 2000, y: 10, width: 1000, height: 900 });
  });

  it('in the middle of the first display when its own is gone', () => {
    expect(place({ ...state, x: 2000, y: 10 }, [first])).toEqual({ width: 1440, height: 900 });
  });

  it('in the middle when nobody could get hold of its title bar', () => {
    expect(place({ ...state, y: 5 }, [first])).toEqual({ width: 1440, height: 900 });
    expect(place({ ...state, x: 1850 }, [first])).toEqual({ width: 1440, height: 900 });
    expect(place({ ...state, x: -1350 }, [first])).toEqual({ width: 1440, height: 900 });
    expect(place({ ...state, y: 1070 }, [first])).toEqual({ width: 1440, height: 900 });
  });

  it('half off its display, as it was left', () => {
    expect(place({ ...state, x: -1000 }, [first])).toMatchObject({ x: -1000 });
  });

  it('no larger than its display', () => {
    expect(place({ ...state, x: 1930, y: 10, width: 1900, height: 1200 }, [first, second])).toEqual({ x: 1930, y: 10, width: 1280, height: 1024 });
  });
});

describe('the place is kept', () => {
  const folder = () => {
    const made = mkdtempSync(join(tmpdir(), 'basin-window-'));
    onTestFinished(() => rmSync(made, { recursive: true }));
    return made;
  };

  it('and read again', () => {
    const data = folder();
    writeWindowState(data, { ...state, maximised: true });
    expect(readWindowState(data)).toEqual({ ...state, maximised: true });
    expect(readdirSync(data)).toEqual(['window.json']);
  });

  it.each(['', '{', 'null', '{"width":1e9,"height":5,"maximised":false}', '{"width":900,"height":800}', '{"width":"900","height":800,"maximised":true}'])('and what is damaged is left: %s', (text) => {
    const data = folder();
    const file = join(data, 'window.json');
    writeFileSync(file, text);
    expect(readWindowState(data)).toEqual({ width: 1440, height: 900, maximised: false });
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});
