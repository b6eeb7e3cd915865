import { zipSync } from 'fflate';
import type { RunSummary } from '../../../src-main/contract/api/runs.ts';
import { request } from '../../connection/client.ts';
import { saveFile } from '../../connection/save-file.ts';

export type ExportFormat = 'csv' | 'json' | 'safetensors';

/** Saves one run as a file, several as one zip file. @returns where it went; undefined when the person chose not to save */
export async function exportRuns(runs: readonly RunSummary[], format: ExportFormat): Promise<string | undefined> {
  const files: Record<string, Uint8Array<ArrayBuffer>> = {};
  for (const { id } of runs) {
    const { filename, content } = await request('runs.export', { run: id, format });
    // Two runs may have the same name: then the number tells them apart.
    files[filename in files ? `${id}-${filename}` : filename] = content;
  }
  const names = Object.keys(files);
  return names.length === 1 ? saveFile(names[0]!, files[names[0]!]!) : saveFile(`basin-${names.length}-runs.zip`, zipSync(files, { level: 6 }));
}
