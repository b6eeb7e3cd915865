/** An entry of a chart's menu, as controls/ActionMenu.vue takes it (a plain module cannot read a component's types everywhere). */
export interface MenuEntry {
  readonly label: string;
  readonly keys?: string;
  readonly checked?: boolean;
  readonly disabled?: boolean;
  /** A line above it. */
  readonly separated?: boolean;
  run(): void;
}
