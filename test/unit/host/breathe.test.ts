import { expect, it } from 'vitest';
import { breathe } from '../../../src-main/host/breathe.ts';

it('long work lets others have their turn', async () => {
  const rest = breathe();
  let others = 0;
  const ticking = setInterval(() => others++, 1);
  const end = performance.now() + 200;
  while (performance.now() < end) await rest();
  clearInterval(ticking);
  expect(others).toBeGreaterThan(2);
});
