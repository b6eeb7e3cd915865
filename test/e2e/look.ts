import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { launchChromium } from './support/chromium.ts';
import { serveWorkbench } from '../support/served.ts';
import { settled, watchedPage } from './support/watched-page.ts';

/*
 * `npm run look -- /runs /runs/1`: pictures of pages in both sizes and themes under artifacts/look/. What a page complains of
 * (errors, content policy, requests elsewhere) is printed.
 */

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1000, height: 700 },
] as const;
const THEMES = ['light', 'dark'] as const;

const USAGE = `npm run look -- [options] ADDRESS…

  --data <folder>   data folder of the workbench (artifacts/look/data)
  --out <folder>    where the pictures go (artifacts/look)
  --wait <selector> also wait for an element
  --click <selector>  click elements before the picture, in order (may be given more than once)
  --size <WxH>      one size only
  --theme <name>    one theme only
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string', default: 'artifacts/look/data' },
    out: { type: 'string', default: 'artifacts/look' },
    wait: { type: 'string' },
    click: { type: 'string', multiple: true, default: [] },
    size: { type: 'string' },
    theme: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const say = (text: string) => process.stdout.write(text);

if (values.help || positionals.length === 0) {
  say(USAGE);
  process.exit(values.help ? 0 : 2);
}

const [width, height] = (values.size ?? '').split('x').map(Number);
const sizes = width && height ? [{ width, height }] : SIZES;
const themes = THEMES.filter((theme) => values.theme === undefined || theme === values.theme);
const out = resolve(values.out);
mkdirSync(out, { recursive: true });

const served = await serveWorkbench(resolve(values.data));
const browser = await launchChromium();
try {
  for (const colorScheme of themes) {
    for (const viewport of sizes) {
      const context = await browser.newContext({ viewport, colorScheme });
      const { page, complaints } = await watchedPage(context, served.origin);
      await page.goto(served.url);
      for (const address of positionals) {
        await page.goto(served.origin + address);
        await settled(page);
        if (values.wait) await page.waitForSelector(values.wait);
        for (const selector of values.click) await page.click(selector);
        await settled(page);
        const file = join(out, `${address.replace(/[^\w-]+/g, '-').replace(/^-|-$/g, '') || 'start'}-${viewport.width}x${viewport.height}-${colorScheme}.png`);
        await page.screenshot({ path: file });
        say(`${file}\n`);
      }
      for (const complaint of new Set(complaints)) say(`! ${complaint}\n`);
      await context.close();
    }
  }
} finally {
  await browser.close();
  await served.end();
}
