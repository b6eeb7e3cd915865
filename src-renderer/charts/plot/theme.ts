/** The tokens that canvases draw with. */
export interface Theme {
  readonly surface: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly strong: string;
  readonly grid: string;
  readonly accent: string;
  readonly bad: string;
  readonly font: string;
}

export function readTheme(element: Element): Theme {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return { surface: token('--surface-1'), text: token('--text'), muted: token('--text-muted'), line: token('--line'), strong: token('--line-strong'), grid: token('--grid'), accent: token('--accent'), bad: token('--bad'), font: token('--font') };
}
