import type { Output, Parsed, RequestName } from '../contract/api/index.ts';
import type { Workbench } from '../workbench/workbench.ts';
import type { Problems } from './problems.ts';
import type { Changes } from './live/changes.ts';
import type { Fanout } from './live/fanout.ts';
import type { LoadWatch } from './live/machine-load.ts';
import type { Models } from './models/owner.ts';
import type { Preferred } from './preferred.ts';
import type { Reproduction } from './reproduction.ts';
import type { Session } from './session.ts';

export type HostKind = 'electron' | 'web' | 'test';

/** What only some hosts can do. Left out: the page offers a download instead, or is refused. */
export interface Shell {
  /** Saves bytes where the person chooses. @returns where that is; undefined when they would rather not */
  save?(filename: string, content: Uint8Array): Promise<string | undefined>;
  /** Shows a folder in the system's file manager. */
  reveal?(folder: string): Promise<void>;
}

/** What handlers work with. */
export interface Context {
  readonly kind: HostKind;
  readonly workbench: Workbench;
  readonly shell: Shell;
  /** Tells every client which runs are new, changed or gone. */
  readonly changes: Changes;
  /** Brings what trainers say to the clients that follow their runs. */
  readonly fanout: Fanout;
  readonly load: LoadWatch;
  readonly preferred: Preferred;
  readonly models: Models;
  readonly problems: Problems;
  readonly reproduction: Reproduction;
  readonly sessions: ReadonlySet<Session>;
  /** Does what measures the machine one after another: two at once would disturb each other's times. */
  readonly heavy: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

/** One handler for each request: a request without one does not compile. */
export type Handlers<Names extends RequestName = RequestName> = {
  readonly [Name in Names]: (input: Parsed<Name>, session: Session) => Output<Name> | Promise<Output<Name>>;
};
