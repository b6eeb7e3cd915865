import type { KeyPress } from './renderer.ts';

type Template = Electron.MenuItemConstructorOptions;

const ROLES = new Set([
  'undo', 'redo', 'cut', 'copy', 'paste', 'pasteAndMatchStyle', 'delete', 'selectAll', 'reload', 'forceReload', 'toggleDevTools', 'resetZoom', 'zoomIn', 'zoomOut', 'togglefullscreen', 'window', 'minimize', 'close',
  'help', 'about', 'services', 'hide', 'hideOthers', 'unhide', 'quit', 'front', 'zoom', 'appMenu', 'fileMenu', 'editMenu', 'viewMenu', 'windowMenu', 'startSpeaking', 'stopSpeaking', 'toggleSpellChecker',
]);

/** Roles that bring a menu of their own. */
const MENUS: Readonly<Record<string, readonly Template[]>> = {
  editMenu: (['undo', 'redo', 'cut', 'copy', 'paste', 'delete', 'selectAll'] as const).map((role) => ({ role })),
  windowMenu: (['minimize', 'zoom', 'close'] as const).map((role) => ({ role })),
};

/** `MenuItem`. */
export class MenuItem implements Pick<Electron.MenuItem, 'id' | 'label' | 'type' | 'role' | 'accelerator' | 'registerAccelerator' | 'checked' | 'submenu' | 'click' | 'enabled' | 'visible'> {
  readonly #template: Template;
  readonly #submenu: Menu | undefined;

  constructor(template: Template) {
    this.#template = template;
    const { role, label, type, accelerator, submenu } = template;
    if (role !== undefined && !ROLES.has(role)) throw new Error(`There is no role "${role}"`);
    if (role === undefined && label === undefined && type !== 'separator') throw new Error('A menu item needs a label, a role or the type separator');
    if (accelerator !== undefined) parse(accelerator);
    const items = submenu ?? (role === undefined ? undefined : MENUS[role]);
    this.#submenu = items === undefined ? undefined : Menu.buildFromTemplate(items as Template[]);
  }
  get id(): string {
    return this.#template.id ?? '';
  }
  get label(): string {
    return this.#template.label ?? this.#template.role ?? '';
  }
  get type(): Electron.MenuItem['type'] {
    return this.#template.type ?? (this.#submenu ? 'submenu' : 'normal');
  }
  get role(): NonNullable<Electron.MenuItem['role']> {
    return this.#template.role as never;
  }
  get accelerator(): Electron.Accelerator | null {
    return this.#template.accelerator ?? null;
  }
  get registerAccelerator(): boolean {
    return this.#template.registerAccelerator ?? true;
  }
  get checked(): boolean {
    return this.#template.checked ?? false;
  }
  get enabled(): boolean {
    return this.#template.enabled ?? true;
  }
  get visible(): boolean {
    return this.#template.visible ?? true;
  }
  get submenu(): Electron.Menu {
    return this.#submenu as unknown as Electron.Menu;
  }
  click = (): void => {
    this.#template.click?.(this as unknown as Electron.MenuItem, undefined, {});
  };
}

/** `Menu`. */
export class Menu implements Pick<Electron.Menu, 'items' | 'getMenuItemById'> {
  readonly #items: readonly MenuItem[];

  private constructor(items: readonly MenuItem[]) {
    this.#items = items;
  }
  static buildFromTemplate(template: Template[]): Menu {
    return new Menu(template.map((each) => new MenuItem(each)));
  }
  static setApplicationMenu(menu: Menu | null): void {
    application = menu ?? undefined;
  }
  static getApplicationMenu(): Menu | null {
    return application ?? null;
  }
  get items(): Electron.MenuItem[] {
    return this.#items as unknown as Electron.MenuItem[];
  }
  getMenuItemById(id: string): Electron.MenuItem | null {
    return (leaves(this).find((item) => item.id === id) as unknown as Electron.MenuItem | undefined) ?? null;
  }
}

let application: Menu | undefined;

const leaves = (menu: Menu): MenuItem[] => (menu.items as unknown as MenuItem[]).flatMap((item) => ((item.submenu as unknown) === undefined ? [item] : [item, ...leaves(item.submenu as unknown as Menu)]));

const MODIFIERS = new Set(['command', 'cmd', 'control', 'ctrl', 'commandorcontrol', 'cmdorctrl', 'alt', 'option', 'altgr', 'shift', 'super', 'meta']);
const KEYS = /^([0-9a-z]|f([1-9]|1\d|2[0-4])|[`~!@#$%^&*()_\-=+[\]{}\\|;:'",.<>/?]|plus|space|tab|backspace|delete|insert|return|enter|up|down|left|right|home|end|pageup|pagedown|escape|esc)$/i;

/** @throws Error for an accelerator that Electron would not know */
function parse(accelerator: string): { readonly modifiers: ReadonlySet<string>; readonly key: string } {
  const parts = accelerator.split('+');
  const key = parts.pop()!;
  const modifiers = new Set(parts.map((part) => part.toLowerCase()));
  if (!KEYS.test(key) || [...modifiers].some((modifier) => !MODIFIERS.has(modifier))) throw new Error(`There is no accelerator "${accelerator}"`);
  return { modifiers, key: key.toLowerCase() };
}

/** Keys that the page left: the menu's item with that accelerator is clicked. */
export function pressMenu({ key, code, control, meta, alt, shift }: KeyPress): void {
  const names: Readonly<Record<string, string>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down', ' ': 'space' };
  const pressed = [names[key] ?? key.toLowerCase(), code.replace(/^(Key|Digit)/, '').toLowerCase()];
  const found = (application ? leaves(application) : []).find((item) => {
    if (!item.accelerator || !item.registerAccelerator) return false;
    const { modifiers, key: wanted } = parse(item.accelerator);
    const mod = ['cmdorctrl', 'commandorcontrol'].some((name) => modifiers.has(name));
    return pressed.includes(wanted) && (control || meta) === mod && alt === modifiers.has('alt') && shift === modifiers.has('shift');
  });
  found?.click();
}
