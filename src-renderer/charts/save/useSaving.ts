import { useNotices } from '../../stores/notices.ts';
import { pngOf, svgOf, type Picture } from './picture.ts';
import { fileName, saveFile } from './save-file.ts';

export interface Saving {
  savePng(): Promise<void>;
  saveSvg(): Promise<void>;
  saveCsv(): Promise<void>;
  copyPng(): Promise<void>;
  copySvg(): Promise<void>;
  copyCsv(): Promise<void>;
}

/** Saving and copying a chart, with what went wrong told in a notice. */
export function useSaving(title: () => string, picture: () => Picture | undefined, csv: () => string): Saving {
  const notices = useNotices();

  async function attempt(failure: string, done: string | undefined, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      if (done) notices.tell({ level: 'info', title: done, text: title() });
    } catch (error) {
      notices.fail(failure, error);
    }
  }

  function drawn(): Picture {
    const now = picture();
    if (!now) throw new Error('the chart has not been drawn yet: try again when it is in sight');
    return now;
  }

  const copyText = (text: () => string, what: string) => () => attempt(`The chart was not copied as ${what}`, `Copied as ${what}`, () => navigator.clipboard.writeText(text()));

  return {
    savePng: () => attempt('The picture was not saved', undefined, async () => saveFile(fileName(title(), 'png'), new Uint8Array(await (await pngOf(drawn())).arrayBuffer()))),
    saveSvg: () => attempt('The picture was not saved', undefined, async () => saveFile(fileName(title(), 'svg'), svgOf(drawn()))),
    saveCsv: () => attempt('The values were not saved', undefined, async () => saveFile(fileName(title(), 'csv'), csv())),
    copyPng: () => attempt('The chart was not copied', 'Copied as PNG', async () => navigator.clipboard.write([new ClipboardItem({ 'image/png': pngOf(drawn()) })])),
    copySvg: copyText(() => svgOf(drawn()), 'SVG'),
    copyCsv: copyText(csv, 'CSV'),
  };
}
