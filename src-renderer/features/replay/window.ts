/** Which rows of a long list are in sight, and where the drawn ones go. */
export interface Sight {
  readonly first: number;
  /** Exclusive. */
  readonly last: number;
  /** Height of everything, px. */
  readonly height: number;
  /** Top edge of row `first` inside it, px. */
  readonly top: number;
}

/** Browsers clip elements higher than about 33 million px; a million rows of 56 px are higher. */
const HIGHEST = 8_000_000;

/**
 * Rows in sight and a few beside them. Where all rows together are too high for a browser, the scroll position is a share of the list.
 *
 * @param overscan rows drawn beyond either edge
 */
export function sight(scrollTop: number, viewport: number, rowHeight: number, count: number, overscan: number): Sight {
  const whole = count * rowHeight;
  const height = Math.min(whole, HIGHEST);
  const top = listTop(scrollTop, viewport, whole, height);
  const first = Math.max(0, Math.floor(top / rowHeight) - overscan);
  const last = Math.min(count, Math.ceil((top + viewport) / rowHeight) + overscan);
  return { first, last, height, top: scrollTop + first * rowHeight - top };
}

/** Where to scroll so that a row is wholly in sight, moving as little as possible. */
export function scrollTo(row: number, scrollTop: number, viewport: number, rowHeight: number, count: number): number {
  const whole = count * rowHeight;
  const height = Math.min(whole, HIGHEST);
  const top = listTop(scrollTop, viewport, whole, height);
  const wanted = Math.max(Math.min(top, row * rowHeight), (row + 1) * rowHeight - viewport);
  return wanted === top ? scrollTop : Math.max(0, whole > height ? (wanted / (whole - viewport)) * (height - viewport) : wanted);
}

/** Top edge of the viewport in px of the full list. */
function listTop(scrollTop: number, viewport: number, whole: number, height: number): number {
  return whole > height ? (scrollTop / Math.max(1, height - viewport)) * (whole - viewport) : scrollTop;
}
