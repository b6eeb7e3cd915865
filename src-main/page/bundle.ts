import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Preferences } from '../contract/api/app.ts';
import { BasinError } from '../contract/errors.ts';

/** What a page must know before it has a connection. */
export interface FirstPaint {
  /** The right colours. */
  readonly theme: Preferences['theme'];
  /** Which store it shows (`identityOf`): what the page kept of another is not shown. */
  readonly store: string;
}

/** The built page: its files by the path under which they are served. Nothing that is not in this list is ever read. */
export interface Bundle {
  readonly folder: string;
  readonly files: ReadonlySet<string>;
  /** index.html with what the first paint needs before the host has answered. */
  index(first: FirstPaint): string;
}

/** Where the build puts the page: beside the Node side's bundles. */
export const builtPage = (): string => fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../../dist/renderer' : '../renderer', import.meta.url));

const THEME = 'data-theme="system"';

/** @throws BasinError `page.bundle` when the page was not built. */
export function readBundle(folder: string): Bundle {
  let html: string;
  let names: string[];
  try {
    html = readFileSync(join(folder, 'index.html'), 'utf8');
    names = filesIn(folder);
  } catch (cause) {
    throw new BasinError('page.bundle', `The page is not in ${folder}: ${(cause as Error).message}. Build it with \`npm run build\`.`, { kind: 'operational', cause });
  }
  if (!html.includes(THEME)) throw new BasinError('page.bundle', `${join(folder, 'index.html')} has no ${THEME} to put the theme in`, { kind: 'bug' });
  return {
    folder,
    files: new Set(names.filter((name) => name !== 'index.html' && !/(^|\/)\./.test(name))),
    index: ({ theme, store }) => html.replace(THEME, `data-theme="${theme}" data-store="${store}"`),
  };
}

/** Paths below a folder, with slashes. By names alone: of an archive, as the desktop app is in, no more of `readdir` can be relied on. */
function filesIn(folder: string, below = ''): string[] {
  return readdirSync(join(folder, below)).flatMap((name) => {
    const path = `${below}${name}`;
    const found = lstatSync(join(folder, path));
    // A link would lead elsewhere.
    return found.isDirectory() ? filesIn(folder, `${path}/`) : found.isFile() ? [path] : [];
  });
}

/** The page's router knows its addresses, and says so where there is none; a name with an ending is a file's. */
export const isPageAddress = (path: string): boolean => /^(\/[\w-]*)+$/.test(path) && !/^\/assets(\/|$)/.test(path);

/** How long a file of the page may be kept: the build puts a hash of the content into the name of what lies in assets/. */
export const cacheControl = (file: string): string => (file.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
