import { extname, join } from 'node:path';
import { app, dialog, shell, type BrowserWindow } from 'electron';
import { BasinError } from '../contract/errors.ts';
import { writeFileAtomic } from '../formats/files.ts';
import type { Shell } from '../host/host.ts';

const KINDS: Readonly<Record<string, string>> = { '.csv': 'Table', '.json': 'JSON', '.png': 'Picture', '.svg': 'Drawing', '.safetensors': 'Tensors' };

/** What the system does with files for the page. */
export const systemFiles = (window: () => BrowserWindow | undefined): Required<Shell> => ({
  async save(filename, content) {
    const name = plainName(filename);
    const kind = KINDS[extname(name)];
    const options = { defaultPath: join(app.getPath('downloads'), name), ...(kind ? { filters: [{ name: kind, extensions: [extname(name).slice(1)] }] } : {}) };
    const parent = window();
    const { canceled, filePath } = await (parent ? dialog.showSaveDialog(parent, options) : dialog.showSaveDialog(options));
    if (canceled || !filePath) return undefined;
    await writeFileAtomic(filePath, [content]);
    return filePath;
  },
  async reveal(folder) {
    const failure = await shell.openPath(folder);
    if (failure) throw new BasinError('app.reveal', `The data folder ${folder} cannot be shown: ${failure}`, { kind: 'operational', details: { folder } });
  },
});

/** A name that leads to no other folder and that every system takes: it comes from the page. */
export function plainName(filename: string): string {
   
  const name = filename.replace(/[\u0000-\u001f<>:"/\\|?*]+/g, '-').replace(/^[. ]+|[. ]+$/g, '');
  return name === '' ? 'basin' : name.slice(0, 200);
}
