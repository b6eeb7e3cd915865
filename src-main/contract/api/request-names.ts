/**
 * The requests by name alone, for Electron's preload: it makes a function of each and must stay free of schemas.
 * `api/index.ts` does not compile when this list and the map differ.
 */
export const REQUEST_NAMES = [
  'app.info', 'app.prefer', 'app.layout', 'app.save', 'app.reveal', 'app.storage', 'live.follow', 'engines.examine', 'engines.known',
  'runs.list', 'runs.get', 'runs.validate', 'runs.trial', 'runs.start', 'runs.fork', 'runs.resume', 'runs.stop', 'runs.checkpoint', 'runs.annotate', 'runs.delete', 'runs.restore', 'runs.export', 'runs.evaluate', 'runs.evaluations', 'runs.energyError',
  'series.read', 'probes.newest', 'probes.curves', 'probes.iterations', 'probes.read',
  'replay.columns', 'replay.vectors', 'replay.lineage', 'replay.refresh', 'replay.assess', 'reason.walk',
  'reproduce.table', 'reproduce.start', 'reproduce.stop', 'reproduce.export',
] as const;

export type RequestNames = (typeof REQUEST_NAMES)[number];
