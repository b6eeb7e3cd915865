import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { launchChromium } from '../../e2e/support/chromium.ts';
import { serveWorkbench } from '../../support/served.ts';
import { line, type Figure } from './figure.ts';
import { largeFigures, makeStores } from './large.ts';
import { liveFigures, slowdownFigure } from './live.ts';

/*
 * `npm run bench:workbench`: the workbench's figures, measured in Chromium with the built web host and real trainers. It prints
 * numbers beside what they should be and never fails for one of them: machines differ. Leave the machine alone meanwhile.
 */

const { values } = parseArgs({ options: { only: { type: 'string' }, rounds: { type: 'string', default: '12' } } });
const wants = (part: string): boolean => values.only === undefined || values.only === part;
const tell = (figures: readonly Figure[]): void => {
  for (const figure of figures) process.stdout.write(`${line(figure)}\n`);
};

/** Everything that the page loads, compressed as a server would. */
function bundleFigure(): Figure {
  const folder = fileURLToPath(new URL('../../../dist/renderer', import.meta.url));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const sizes = files.filter(({ name }) => !/\.woff2?$/.test(name)).map(({ parentPath, name }) => gzipSync(readFileSync(join(parentPath, name))).length);
  return { name: 'renderer bundle, gzipped, without fonts', value: sizes.reduce((sum, size) => sum + size, 0) / 1e6, unit: 'MB', limit: 1.5, note: `${sizes.length} files` };
}

const root = mkdtempSync(join(tmpdir(), 'basin-bench-'));
const browser = await launchChromium();
try {
  if (wants('bundle')) tell([bundleFigure()]);
  if (wants('start') || wants('live')) {
    const data = join(root, 'live');
    const served = await serveWorkbench(data);
    const page = await browser.newPage();
    const begin = performance.now();
    await page.goto(served.url);
    await page.waitForSelector('main h1, main h2, main button');
    tell([{ name: 'cold start to a usable page', value: served.startMs + performance.now() - begin, unit: 'ms', limit: 2000, note: `host ${served.startMs.toFixed(0)} ms` }]);
    await page.close();
    if (wants('live')) {
      tell(await liveFigures(browser, served));
      tell([await slowdownFigure(browser, served, data, Number(values.rounds))]);
    }
    await served.end();
  }
  if (wants('large')) tell(await largeFigures(browser, makeStores(root)));
} finally {
  await browser.close();
  rmSync(root, { recursive: true, force: true });
}
