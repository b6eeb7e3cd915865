import { powerSaveBlocker } from 'electron';

/** Keeps the machine from going to sleep while something is to be done; the display may. */
export class Awake {
  #id: number | undefined;

  /** @param needed whether something trains or waits for its turn */
  update(needed: boolean): void {
    if (needed && this.#id === undefined) this.#id = powerSaveBlocker.start('prevent-app-suspension');
    if (!needed && this.#id !== undefined) {
      powerSaveBlocker.stop(this.#id);
      this.#id = undefined;
    }
  }
}
