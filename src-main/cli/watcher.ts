import type { TrainerEvent } from '../contract/events.ts';
import type { RunRow } from '../workbench/library.ts';

/** Hears what happens while a run trains. */
export interface Watcher {
  started(run: RunRow): void;
  event(event: TrainerEvent): void;
  /** Something to tell whoever watches. */
  note(text: string): void;
  /** No more events come: whatever is drawn is put away. */
  ended(): void;
}
