import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Preferences } from '../contract/api/app.ts';
import { BasinError } from '../contract/errors.ts';

/** The built page: its files by the path under which they are served. Nothing that is not in this list is ever read. */
export interface Bundle {
  readonly folder: string;
  readonly files: ReadonlySet<string>;
  /** index.html in a theme, so that the first paint has the right colours. */
  index(theme: Preferences['theme']): string;
}

/** Where the build puts the page: beside the Node side's bundles. */
export const builtPage = (): string => fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../../dist/renderer' : '../renderer', import.meta.url));

const THEME = 'data-theme="system"';

/** @throws BasinError `web.bundle` when the page was not built. */
export function readBundle(folder: string): Bundle {
  let html: string;
  let names: string[];
  try {
    html = readFileSync(join(folder, 'index.html'), 'utf8');
    names = readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [relative(folder, join(entry.parentPath, entry.name))] : []));
  } catch (cause) {
    throw new BasinError('web.bundle', `The page is not in ${folder}: ${(cause as Error).message}. Build it with \`npm run build\`.`, { kind: 'operational', cause });
  }
  if (!html.includes(THEME)) throw new BasinError('web.bundle', `${join(folder, 'index.html')} has no ${THEME} to put the theme in`, { kind: 'bug' });
  return {
    folder,
    files: new Set(names.map((name) => name.split(sep).join('/')).filter((name) => name !== 'index.html' && !/(^|\/)\./.test(name))),
    index: (theme) => html.replace(THEME, `data-theme="${theme}"`),
  };
}
