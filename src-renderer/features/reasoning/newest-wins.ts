/** Asks for results of a changing wish. */
export interface NewestWins<Wish> {
  ask(wish: Wish): void;
  /** Forgets the wish that waits, and the result that is on its way. */
  cancel(): void;
}

/**
 * At most one piece of work at a time; of the wishes that come meanwhile only the newest is kept. A slider that is dragged thus asks as fast
 * as answers come and never builds a queue; the last wish is always answered.
 *
 * @param settled called with every result, also with those that a newer wish will soon replace: the picture moves along
 */
export function newestWins<Wish, Result>(work: (wish: Wish) => Promise<Result>, settled: (result: { readonly wish: Wish; readonly value: Result } | { readonly wish: Wish; readonly error: unknown }) => void): NewestWins<Wish> {
  let waiting: { readonly wish: Wish } | undefined;
  let busy = false;
  let generation = 0;

  async function run(): Promise<void> {
    busy = true;
    while (waiting) {
      const { wish } = waiting;
      const own = generation;
      waiting = undefined;
      let result: Parameters<typeof settled>[0];
      try {
        result = { wish, value: await work(wish) };
      } catch (error) {
        result = { wish, error };
      }
      if (own === generation) settled(result);
    }
    busy = false;
  }

  return {
    ask(wish) {
      waiting = { wish };
      if (!busy) void run();
    },
    cancel() {
      waiting = undefined;
      generation++;
    },
  };
}
