import type { EngineReport } from '../../contract/api/app.ts';
import type { Context, Handlers } from '../context.ts';
import type { ProbeReport } from '../../engine/probe.ts';

const toReport = ({ id, versions, ...rest }: ProbeReport): EngineReport => ({ ...rest, id, versions: { ...versions } });

export const engineHandlers = ({ workbench, heavy }: Context): Handlers<'engines.examine' | 'engines.known'> => ({
  'engines.examine': ({ changes }, { outbox }) => heavy(async () => {
    const { diagnose } = await import('../../workbench/doctor.ts');
    const { ENGINES } = await import('../../engine/types.ts');
    const { reports, fastest } = await diagnose(workbench.folder, {
      changes,
      engines: ENGINES,
      onStart: (started) => outbox.say('engines.progress', { started }),
      onReport: (report) => outbox.say('engines.progress', { report: toReport(report) }),
    });
    return { reports: reports.map(toReport), fastest: fastest ?? null };
  }),
  'engines.known': async ({ changes }) => {
    const { planRun } = await import('../../workbench/run-plan.ts');
    const { knownReports } = await import('../../workbench/engine-choice.ts');
    const { config, widths } = planRun(changes);
    return { reports: knownReports(workbench.folder, config, widths).map(toReport) };
  },
});
