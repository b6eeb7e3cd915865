import { fileName, renderTable } from '../../reproduction/render.ts';
import { fillTable } from '../../reproduction/table.ts';
import type { Context, Handlers } from '../context.ts';

/** The paper's tables, filled from the store and by the runs that are missing. */
export const reproduceHandlers = ({ workbench, reproduction }: Context): Handlers<'reproduce.table' | 'reproduce.start' | 'reproduce.stop' | 'reproduce.export'> => ({
  'reproduce.table': ({ table, scale, seeds }) => ({ table: fillTable(workbench, table, scale, seeds), work: reproduction.now }),
  'reproduce.start': (wish) => ({ work: reproduction.start(wish) }),
  'reproduce.stop': async () => ({ work: await reproduction.stop() }),
  'reproduce.export': ({ table, scale, seeds, format }) => {
    const filled = fillTable(workbench, table, scale, seeds);
    return { filename: fileName(filled, format), content: new TextEncoder().encode(renderTable(filled, format)) };
  },
});
