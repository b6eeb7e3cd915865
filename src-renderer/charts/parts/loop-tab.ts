const TABBABLE = 'button:not(:disabled), input:not(:disabled), [href], [tabindex="0"]';

/** From the last element that takes the focus to the first, and back. @returns whether the focus was moved */
export function loopTab(root: HTMLElement, backwards: boolean): boolean {
  const elements = [...root.querySelectorAll<HTMLElement>(TABBABLE)].filter((element) => element.offsetParent !== null || element.getClientRects().length > 0);
  const [first, last] = [elements[0], elements.at(-1)];
  if (!first || document.activeElement !== (backwards ? first : last)) return false;
  (backwards ? last! : first).focus();
  return true;
}
