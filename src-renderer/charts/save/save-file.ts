import { request } from '../../connection/client.ts';

/**
 * Saves a file where the person chooses (desktop), or as the browser's download.
 * @throws BasinError what the host refused with
 */
export async function saveFile(filename: string, content: Uint8Array | string): Promise<void> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
  const { saved } = await request('app.save', { filename, content: bytes });
  if (!saved) download(filename, bytes);
}

function download(filename: string, bytes: Uint8Array<ArrayBuffer>): void {
  const address = URL.createObjectURL(new Blob([bytes]));
  const link = document.createElement('a');
  link.href = address;
  link.download = filename;
  link.click();
  // The download has its own reference by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A name that every file system takes, from a chart's id and title. */
export const fileName = (title: string, ending: string): string => `${title.normalize('NFKD').replace(/[^\p{Letter}\p{Number}.=-]+/gu, '-').replace(/^-+|-+$/g, '').slice(0, 80) || 'chart'}.${ending}`;
