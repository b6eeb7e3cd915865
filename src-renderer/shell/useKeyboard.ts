import { useEventListener } from '@vueuse/core';
import { useCommands } from '../stores/commands.ts';
import { isMac, KeyFollower, nameOf } from './keyboard.ts';

const TYPING = 'input:not([type=checkbox],[type=radio],[type=range],[type=button]), textarea, select, [contenteditable=true]';

/** The one place where keys become commands. Keys typed into a field are the field's, unless Ctrl or Cmd is held. */
export function useKeyboard(): void {
  const store = useCommands();
  const follower = new KeyFollower();
  const mac = isMac();

  useEventListener(document, 'keydown', (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const name = nameOf(event, mac);
    if (name === undefined) return;
    const target = event.target as Element | null;
    const held = name.startsWith('mod+');
    if (!held && (target?.closest(TYPING) || target?.closest('[role=dialog], [role=menu]'))) return;
    const usable = [...store.commands.values()].filter((command) => command.keys !== undefined && command.available?.() !== false);
    const found = follower.press(name, usable.map(({ keys }) => keys!), event.timeStamp);
    if (found === undefined) return;
    event.preventDefault();
    if (found !== 'more') usable[found]!.run();
  });
}
