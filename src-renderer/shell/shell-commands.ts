import type { Router } from 'vue-router';
import { onPush } from '../connection/client.ts';
import { useCommands, type Command } from '../stores/commands.ts';
import { useNotices } from '../stores/notices.ts';
import { usePreferences } from '../stores/preferences.ts';

/** What can be done from everywhere, and what the desktop's menu asks for. Called once, by the frame. */
export function useShellCommands(router: Router): void {
  const store = useCommands();
  const preferences = usePreferences();
  const notices = useNotices();
  const go = (id: string, title: string, keys: string, path: string): Command => ({ id, title, group: 'Go to', keys, run: () => void router.push(path) });
  const theme = (value: 'system' | 'light' | 'dark', title: string): Command => ({
    id: `theme.${value}`,
    title,
    group: 'Look',
    available: () => preferences.preferences.theme !== value,
    run: () => void preferences.prefer({ theme: value }).catch((error: unknown) => notices.fail('The theme was not changed', error)),
  });

  const everywhere: readonly Command[] = [
    { id: 'palette.open', title: 'Search and do', group: 'Basin', keys: 'mod+k', run: () => (store.paletteOpen = !store.paletteOpen) },
    { id: 'shortcuts.show', title: 'Show keyboard shortcuts', group: 'Basin', keys: '?', run: () => (store.shortcutsOpen = true) },
    go('go.runs', 'Go to runs', 'g r', '/runs'),
    go('go.new', 'New run', 'g n', '/new'),
    go('go.compare', 'Go to compare', 'g c', '/compare'),
    go('go.replay', 'Go to replay buffer', 'g b', '/replay'),
    go('go.reproduce', 'Go to reproduce: the paper’s tables', 'g p', '/reproduce'),
    go('go.settings', 'Go to settings', 'g s', '/settings'),
    { id: 'go.back', title: 'Go back', group: 'Go to', keys: 'alt+arrowleft', run: () => router.back() },
    theme('system', 'Use the system’s theme'),
    theme('light', 'Use the light theme'),
    theme('dark', 'Use the dark theme'),
    { id: 'notices.undo', title: 'Undo the last change', group: 'Basin', keys: 'mod+z', available: () => notices.undoable !== undefined, run: () => notices.undo() },
    { id: 'notices.dismiss', title: 'Dismiss messages', group: 'Basin', available: () => notices.notices.length > 0, run: () => notices.notices.forEach(({ id }) => notices.dismiss(id)) },
  ];
  store.provide(everywhere.map((command) => ({ ...command, everywhere: true })));

  onPush('shell.command', ({ command, argument }) => {
    if (command.startsWith('/')) void router.push(command);
    else if (command === 'go' && argument?.startsWith('/')) void router.push(argument);
    else if (!store.run(command)) notices.tell({ level: 'info', title: 'Not possible here.', text: command.startsWith('run.') ? 'Open a run first.' : 'This page has no such action now.' });
  });
}
