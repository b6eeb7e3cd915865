import { defineStore } from 'pinia';
import { onScopeDispose, shallowRef, triggerRef } from 'vue';

/** Something a person can do by name (command palette) or by key. */
export interface Command {
  readonly id: string;
  /** A verb phrase: "Stop run", "Open settings". */
  readonly title: string;
  readonly group: string;
  /** As shown, e.g. "mod+k" (mod = Ctrl, or Cmd on a Mac), "g r" (one after the other), "?" */
  readonly keys?: string;
  /** Works on every page: listed after what the page at hand can do. */
  readonly everywhere?: boolean;
  run(): void;
  /** Left out of palette and keys while false. */
  available?(): boolean;
}

/** Every action by name. Pages add theirs while they are shown. */
export const useCommands = defineStore('commands', () => {
  const commands = shallowRef(new Map<string, Command>());
  const paletteOpen = shallowRef(false);
  const shortcutsOpen = shallowRef(false);

  /** Adds commands until the calling component is gone. */
  function provide(added: readonly Command[]): void {
    for (const command of added) commands.value.set(command.id, command);
    triggerRef(commands);
    onScopeDispose(() => {
      for (const command of added) if (commands.value.get(command.id) === command) commands.value.delete(command.id);
      triggerRef(commands);
    });
  }

  /** Does what a command does. @returns false when there is no such command now */
  function run(id: string): boolean {
    const command = commands.value.get(id);
    if (!command || command.available?.() === false) return false;
    command.run();
    return true;
  }

  return { commands, paletteOpen, shortcutsOpen, provide, run };
});
