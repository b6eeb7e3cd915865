import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What @electron/fuses looks for in Electron's program file; after it: version, number of fuses, and a letter for each. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** As Electron is delivered: fuses 0, 2, 3, 7 and 8 on. */
const FUSES = '101100011';

/** A folder that a packager takes for an unpacked Electron: a program file with fuses, and what lies around it. */
export function fakeElectron(folder: string): string {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'), { recursive: true });
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.alloc(64), Buffer.from(SENTINEL), Buffer.from([1, FUSES.length]), Buffer.from(FUSES), Buffer.alloc(64)]), { mode: 0o755 });
  writeFileSync(join(folder, 'LICENSE'), 'of Electron');
  writeFileSync(join(folder, 'version'), '0.0.0');
  writeFileSync(join(folder, 'locales', 'en-US.pak'), 'words');
  return folder;
}
