/** A step of the way to the page at hand; the last one has no address. */
export interface Crumb {
  readonly label: string;
  readonly to?: string;
}

/** What of an address the crumbs depend on. */
export interface Place {
  readonly path: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly title: string;
}

/** The way to a page: the pages above it, then itself. A run has its name, as soon as that is known. */
export function crumbsOf(place: Place, nameOf: (run: number) => string | undefined): Crumb[] {
  const run = Number(place.params['id']);
  const name = run > 0 ? (nameOf(run) ?? `Run ${run}`) : undefined;
  if (place.path.startsWith('/runs/') && name !== undefined) return [{ label: 'Runs', to: '/runs' }, { label: name }];
  if (place.path.startsWith('/replay/') && name !== undefined) return [{ label: 'Replay buffer', to: '/replay' }, { label: name }];
  const fork = Number(place.query['fork']);
  if (place.path === '/new' && fork > 0) return [{ label: 'New run', to: '/new' }, { label: `Fork of ${nameOf(fork) ?? `run ${fork}`}` }];
  return [{ label: place.title }];
}
