import type { Host } from '../contract/channel/host.ts';
import { toErrorData, BasinError } from '../contract/errors.ts';
import { versions } from '../workbench/versions.ts';
import type { Workbench } from '../workbench/workbench.ts';

/** Answers the least that lets the frame be seen. */
export const interimHost = (workbench: Workbench): Host => ({
  open: () => ({
    handle: (name) =>
      Promise.resolve(
        name === 'app.info'
          ? { ok: true, output: { version: versions()['basin'], host: 'web', platform: process.platform, folder: workbench.folder, processors: 1, preferences: { theme: 'system', concurrency: 1, digits: 3, thousands: 'comma', notifications: true, welcomed: false }, layout: {} } }
          : name === 'runs.list'
            ? { ok: true, output: { runs: [] } }
            : { ok: false, error: toErrorData(new BasinError('host.interim', 'not answered yet')) },
      ),
    close: () => undefined,
  }),
});
