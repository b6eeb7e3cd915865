import type { ReproductionWork } from '../contract/api/reproduce.ts';
import { BasinError, toErrorData } from '../contract/errors.ts';
import { work, type Test, type Wish } from '../reproduction/work.ts';
import type { Workbench } from '../workbench/workbench.ts';
import type { Payload } from '../contract/api/index.ts';

interface Options {
  readonly workbench: Workbench;
  readonly test: Test;
  /** Called whenever the work, or what its tables show, is different. */
  readonly changed: (work: ReproductionWork) => void;
  readonly notice: (notice: Payload<'notice'>) => void;
}

/** The reproduction that a host is at, if any: one at a time, for every page of it. */
export class Reproduction {
  readonly #options: Options;
  #now: ReproductionWork = null;
  #ending: AbortController | undefined;
  #ended: Promise<void> = Promise.resolve();

  constructor(options: Options) {
    this.#options = options;
  }

  get now(): ReproductionWork {
    return this.#now;
  }

  /** @throws BasinError `reproduce.busy` while another one is under way */
  start(wish: Wish): ReproductionWork {
    if (this.#ending) throw new BasinError('reproduce.busy', `A reproduction is under way (${this.#now?.tables.join(', ')}, scale ${this.#now?.scale}): stop it first, or wait until it is through`);
    const ending = (this.#ending = new AbortController());
    this.#tell({ ...wish, tables: [...wish.tables], done: 0, total: 0, doing: [] });
    const { workbench, test, notice } = this.#options;
    this.#ended = work(workbench, wish, { test, signal: ending.signal, changed: (now) => this.#tell(now) })
      .then(
        (failures) => {
          if (failures.length > 0) notice({ level: 'warning', title: 'A reproduction is through, but not whole', text: failures.join('\n') });
          else notice({ level: 'info', title: 'A reproduction is through', text: `${wish.tables.length === 1 ? `The table "${wish.tables[0]}" is` : 'Its tables are'} as full as can be.` });
        },
        (error: unknown) => {
          const { code, message } = toErrorData(error);
          if (code !== 'reproduce.stopped') notice({ level: 'error', title: 'A reproduction failed', text: message });
        },
      )
      .finally(() => {
        this.#ending = undefined;
        this.#tell(null);
      });
    return this.#now;
  }

  /** Settles when what trained has been stopped with a checkpoint. */
  async stop(): Promise<ReproductionWork> {
    this.#ending?.abort();
    await this.#ended;
    return this.#now;
  }

  #tell(now: ReproductionWork): void {
    this.#now = now;
    this.#options.changed(now);
  }
}
