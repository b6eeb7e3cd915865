import type { MenuItemConstructorOptions } from 'electron';
import type { Preferences } from '../contract/api/app.ts';

type Theme = Preferences['theme'];

/** What menu items do. */
export interface MenuActions {
  /** A command of the page, or a page's address: see `shell.command`. */
  readonly ask: (command: string) => void;
  readonly useTheme: (theme: Theme) => void;
  readonly openLink: (address: string) => void;
  readonly showFolder: () => void;
  readonly reload: () => void;
}

export interface MenuFacts {
  readonly mac: boolean;
  /** The developer tools are only for a build that runs from its sources' folder. */
  readonly packaged: boolean;
  readonly theme: Theme;
}

const PAPER = 'https://arxiv.org/abs/2206.15448';
const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };
const THEMES: readonly { readonly theme: Theme; readonly label: string }[] = [
  { theme: 'system', label: 'System’s theme' },
  { theme: 'light', label: 'Light' },
  { theme: 'dark', label: 'Dark' },
];

/** The application's menu: every page and action by name and by key. */
export function menuTemplate(actions: MenuActions, { mac, packaged, theme }: MenuFacts): MenuItemConstructorOptions[] {
  const item = (label: string, command: string, accelerator?: string): MenuItemConstructorOptions => ({ id: command, label, click: () => actions.ask(command), ...(accelerator ? { accelerator } : {}) });
  /** The page hears the keys itself; they are only shown here. */
  const shown = (label: string, command: string, accelerator: string): MenuItemConstructorOptions => ({ ...item(label, command, accelerator), registerAccelerator: false });
  const settings = item('Settings…', '/settings', 'CmdOrCtrl+,');
  const folder: MenuItemConstructorOptions = { id: 'folder', label: 'Show data folder', click: () => actions.showFolder() };

  return [
    ...(mac
      ? [{ role: 'appMenu', submenu: [{ role: 'about' }, SEPARATOR, settings, SEPARATOR, { role: 'services' }, SEPARATOR, { role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }, SEPARATOR, { role: 'quit' }] } satisfies MenuItemConstructorOptions]
      : []),
    {
      label: '&File',
      submenu: [item('New run', '/new', 'CmdOrCtrl+N'), shown('Start the run of the form', 'new-run.start', 'CmdOrCtrl+Enter'), SEPARATOR, folder, SEPARATOR, ...(mac ? [{ role: 'close' } as const] : [settings, SEPARATOR, { role: 'quit' } as const])],
    },
    { role: 'editMenu', label: '&Edit' },
    {
      label: '&View',
      submenu: [
        shown('Search and do…', 'palette.open', 'CmdOrCtrl+K'),
        SEPARATOR,
        ...THEMES.map((each): MenuItemConstructorOptions => ({ id: `theme.${each.theme}`, label: each.label, type: 'radio', checked: each.theme === theme, click: () => actions.useTheme(each.theme) })),
        SEPARATOR,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        SEPARATOR,
        { id: 'reload', label: 'Reload the page', accelerator: 'CmdOrCtrl+R', click: () => actions.reload() },
        ...(packaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
    {
      label: '&Go',
      submenu: [
        item('Runs', '/runs', 'CmdOrCtrl+1'),
        item('Compare', '/compare', 'CmdOrCtrl+2'),
        item('Replay buffer', '/replay', 'CmdOrCtrl+3'),
        item('Reproduce: the paper’s tables', '/reproduce', 'CmdOrCtrl+4'),
        SEPARATOR,
        item('Filter runs', 'runs.filter', 'CmdOrCtrl+F'),
        shown('Back', 'go.back', 'Alt+Left'),
      ],
    },
    {
      label: '&Run',
      submenu: [
        item('Stop', 'run.stop', 'CmdOrCtrl+.'),
        item('Resume', 'run.resume', 'CmdOrCtrl+Shift+R'),
        item('Train further…', 'run.further', 'CmdOrCtrl+Shift+T'),
        item('Fork…', 'run.fork', 'CmdOrCtrl+Shift+F'),
        item('Make a checkpoint now', 'run.checkpoint', 'CmdOrCtrl+Shift+K'),
        SEPARATOR,
        item('Evaluate', 'run.evaluate', 'CmdOrCtrl+E'),
        item('Energy against error', 'run.energy-error', 'CmdOrCtrl+Shift+V'),
        item('Open its replay buffer', 'run.replay', 'CmdOrCtrl+B'),
        item('Compare with others', 'run.compare', 'CmdOrCtrl+D'),
        item('Hold or go on with the display', 'run.hold', 'CmdOrCtrl+P'),
        SEPARATOR,
        item('Export curves as CSV…', 'run.export-csv', 'CmdOrCtrl+Shift+E'),
        item('Export as JSON…', 'run.export-json', 'CmdOrCtrl+Shift+J'),
      ],
    },
    {
      label: 'Re&play',
      submenu: [
        item('Take a fresh copy of the buffer', 'replay.copy', 'CmdOrCtrl+Shift+C'),
        item('Compute energies now', 'replay.assess', 'CmdOrCtrl+Shift+A'),
        SEPARATOR,
        item('Show only false minima, or all', 'replay.false-minima', 'CmdOrCtrl+Shift+M'),
        item('Filter by entry number', 'replay.filter', 'CmdOrCtrl+Shift+G'),
        item('Clear the filter', 'replay.all', 'CmdOrCtrl+Shift+X'),
        SEPARATOR,
        item('Show the entry’s lineage', 'replay.lineage', 'CmdOrCtrl+Shift+L'),
        item('Reason from the entry', 'replay.reason', 'CmdOrCtrl+Shift+N'),
      ],
    },
    { role: 'windowMenu', label: '&Window' },
    {
      role: 'help',
      label: '&Help',
      submenu: [
        item('Keyboard shortcuts', 'shortcuts.show', 'CmdOrCtrl+/'),
        { id: 'paper', label: 'The paper: Learning Iterative Reasoning through Energy Minimization', click: () => actions.openLink(PAPER) },
        ...(mac ? [] : [SEPARATOR, { role: 'about' } as const]),
      ],
    },
  ];
}
