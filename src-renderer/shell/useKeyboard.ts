import { useEventListener } from '@vueuse/core';
import { useCommands } from '../stores/commands.ts';
import { isMac, KeyFollower, nameOf } from './keyboard.ts';

const TYPING = 'input:not([type=checkbox],[type=radio],[type=range],[type=button]), textarea, select, [contenteditable=true]';

/** What a field does with Ctrl or Cmd by itself. */
const EDITING = new Set(['mod+a', 'mod+c', 'mod+v', 'mod+x', 'mod+y', 'mod+z', 'mod+shift+z']);

/** The one place where keys become commands. Keys typed into a field are the field's; with Ctrl or Cmd those of editing. */
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
    if ((!held || EDITING.has(name)) && target?.closest(TYPING)) return;
    if (!held && target?.closest('[role=dialog], [role=menu]')) return;
    const usable = [...store.commands.values()].filter((command) => command.keys !== undefined && command.available?.() !== false);
    const found = follower.press(name, usable.map(({ keys }) => keys!), event.timeStamp);
    if (found === undefined) return;
    event.preventDefault();
    if (found !== 'more') usable[found]!.run();
  });
}
