import { request } from './client.ts';

/**
 * Saves bytes as a file: in the desktop window where the person says, in a browser as a download.
 *
 * @returns where it is, as far as the host tells; undefined when the person chose not to save
 */
export async function saveFile(filename: string, content: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  if (window.basin) {
    const { saved, path } = await request('app.save', { filename, content });
    return saved ? (path ?? filename) : undefined;
  }
  const url = URL.createObjectURL(new Blob([content]));
  const link = document.createElement('a');
  link.href = url;
  link.download = filename;
  link.click();
  // The download has its own copy of the address by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return filename;
}
