import type { RunSummary } from '../../contract/api/runs.ts';
import type { EngineId } from '../../engine/types.ts';
import { BasinError } from '../../contract/errors.ts';
import type { Parsed } from '../../contract/api/index.ts';
import { listSummaries, readSummaries } from '../../../db/run-summaries.ts';
import { annotateRun, getRun, restoreRun } from '../../../db/runs.ts';
import type { EngineWish } from '../../workbench/engine-wish.ts';
import type { Context, Handlers } from '../context.ts';
import { detailsOf } from '../details.ts';
import type { Session } from '../session.ts';
import { toSummary } from '../summary.ts';

type Names = 'runs.list' | 'runs.get' | 'runs.start' | 'runs.fork' | 'runs.resume' | 'runs.stop' | 'runs.checkpoint' | 'runs.annotate' | 'runs.delete' | 'runs.restore' | 'runs.export';

export function runHandlers({ workbench, changes, models, problems }: Context): Handlers<Names> {
  const { store } = workbench;
  const summaryOf = (id: number): RunSummary => toSummary(readSummaries(store, [id])[0]!);
  const summariesOf = (ids: readonly number[]): RunSummary[] => readSummaries(store, ids).map(toSummary);
  /** Everything that changes a run tells every client at once, the one who asked among them. */
  const changed = <Result>(result: Result): Result => {
    changes.poke();
    return result;
  };

  return {
    'runs.list': () => ({ runs: listSummaries(store).map(toSummary) }),
    'runs.get': ({ run }) => detailsOf(workbench, problems, run),
    'runs.start': async ({ preset, changes: settings, seeds, engine, ...labels }, session) => {
      const rows = await workbench.startEach(
        seeds.map((seed) => ({ seed })),
        { changes: settings, ...(preset ? { preset } : {}), ...described(labels), ...wished(engine), ...trying(session) },
      );
      return changed({ runs: summariesOf(rows.map(({ id }) => id)) });
    },
    'runs.fork': async ({ run, from, changes: settings, engine, ...labels }, session) => {
      const { id } = await workbench.fork(String(run), { from, changes: settings, ...described(labels), ...(engine ? wished(engine) : {}), ...trying(session) });
      return changed({ run: summaryOf(id) });
    },
    'runs.resume': async ({ run, iterations }) => changed({ run: summaryOf((await workbench.resume(String(run), iterations === undefined ? {} : { iterations })).id) }),
    'runs.stop': async ({ run }) => changed({ run: summaryOf((await workbench.stop(String(run))).id) }),
    'runs.checkpoint': async ({ run }) => changed({ iteration: await workbench.checkpoint(String(run)) }),
    'runs.annotate': ({ runs, addTags = [], removeTags = [], tags, name, notes, star, archived }) => {
      if (name !== undefined && runs.length > 1) throw new BasinError('contract.input', `The request "runs.annotate" was refused: one name was given for ${runs.length} runs; a name is given to one run`, { details: { name: 'runs.annotate' } });
      store.transaction(() => {
        for (const id of runs) {
          const kept = tags ?? (addTags.length + removeTags.length > 0 ? getRun(store, id).tags : undefined);
          const all = kept && [...new Set([...kept, ...addTags])].filter((tag) => !removeTags.includes(tag));
          annotateRun(store, id, { ...(name === undefined ? {} : { name }), ...(notes === undefined ? {} : { notes }), ...(star === undefined ? {} : { star }), ...(archived === undefined ? {} : { archived }), ...(all ? { tags: all } : {}) });
        }
      });
      return changed({ runs: summariesOf(runs) });
    },
    'runs.delete': ({ runs }) => {
      workbench.remove([...new Set(runs)]);
      return changed({ deleted: [...new Set(runs)] });
    },
    'runs.restore': ({ runs }) => {
      store.transaction(() => {
        for (const id of runs) restoreRun(store, id);
      });
      return changed({ runs: summariesOf(runs) });
    },
    'runs.export': async ({ run, format }) => {
      const { name } = getRun(store, run);
      return { filename: `${fileName(name)}.${format}`, content: new Uint8Array(await models.ask('export', { run, format })) };
    },
  };
}

/** Choosing an engine tries those that were never tried on such a run: who asked sees which. */
const trying = ({ outbox }: Session) => ({ trying: (started: EngineId) => outbox.say('engines.progress', { started }) });

type Labels = Pick<Parsed<'runs.start'>, 'name' | 'tags' | 'notes'>;

const described = ({ name, tags, notes }: Labels) => ({ tags, ...(name === undefined ? {} : { name }), ...(notes === undefined ? {} : { notes }) });

const wished = (engine: Parsed<'runs.start'>['engine']): { engine?: EngineWish } => (engine === 'auto' ? {} : { engine });

/** A run's name as a file may be called on every system. */
const fileName = (name: string): string => name.replaceAll(/[^\p{L}\p{N}._ -]+/gu, '-').replace(/^\.+/, '').slice(0, 100) || 'run';
