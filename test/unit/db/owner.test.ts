import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isAlive, startOf } from '../../../db/owner.ts';

const NOW = 10_000_000;
const alive = (pid: number, start: string | null, beatAt: number) => isAlive({ pid, start, beatAt }, NOW);

describe('an owner', () => {
  it('of which only the number is known lives while it exists and beats', () => {
    expect(alive(process.pid, null, NOW - 1000)).toBe(true);
    expect(alive(process.pid, null, NOW - 10 * 60_000)).toBe(false);
    expect(alive(2 ** 22 + 1, null, NOW)).toBe(false);
  });

  describe.runIf(existsSync('/proc/self/stat'))('on Linux', () => {
    const start = startOf(process.pid)!;
    const [boot, namespace, ticks] = start.split(' ');

    it('lives for as long as its process does, however silent', () => {
      expect(alive(process.pid, start, 0)).toBe(true);
      expect(alive(process.ppid, startOf(process.ppid), 0)).toBe(true);
    });

    it('is another one with another start, and was gone before this boot', () => {
      expect(alive(process.pid, `${boot} ${namespace} ${Number(ticks) - 1}`, NOW)).toBe(false);
      expect(alive(process.pid, `elsewhere ${namespace} ${ticks}`, NOW)).toBe(false);
    });

    it('in another container is out of sight: its beats count', () => {
      expect(alive(process.pid, `${boot} pid:[1] 7`, NOW - 1000)).toBe(true);
      expect(alive(process.pid, `${boot} pid:[1] 7`, 0)).toBe(false);
    });

    it('without a process has no start', () => {
      expect(startOf(2 ** 22 + 1)).toBeNull();
    });
  });
});
