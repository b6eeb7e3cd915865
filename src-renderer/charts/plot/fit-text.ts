/** Room for so much of the beginning, of the width, before its end is given up as well. */
const BEGINNING = 0.3;

/**
 * A text cut to a width with an ellipsis; `measure` gives a text's width in px. What follows the last comma tells names apart
 * ("predict 0, harder"): it is kept where there is room for some of the beginning too.
 */
export function fitText(text: string, width: number, measure: (text: string) => number): string {
  if (measure(text) <= width) return text;
  const tail = text.slice(text.lastIndexOf(', '));
  if (tail.length > 1 && tail.length < text.length && measure(tail) <= width * (1 - BEGINNING)) return cut(text.slice(0, -tail.length), width - measure(tail), measure) + tail;
  return cut(text, width, measure);
}

function cut(text: string, width: number, measure: (text: string) => number): string {
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(`${text.slice(0, middle)}…`) <= width) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : `${text.slice(0, low).trimEnd()}…`;
}
