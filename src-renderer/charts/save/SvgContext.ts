/** a b c d e f of an SVG matrix: x' = a x + c y + e, y' = b x + d y + f. */
type Matrix = readonly [number, number, number, number, number, number];

interface State {
  matrix: Matrix;
  clip: string | undefined;
  strokeStyle: string;
  fillStyle: string;
  lineWidth: number;
  lineCap: CanvasLineCap;
  lineJoin: CanvasLineJoin;
  globalAlpha: number;
  font: string;
  textAlign: CanvasTextAlign;
  textBaseline: CanvasTextBaseline;
  dash: readonly number[];
}

const FIRST: State = { matrix: [1, 0, 0, 1, 0, 0], clip: undefined, strokeStyle: '#000', fillStyle: '#000', lineWidth: 1, lineCap: 'butt', lineJoin: 'miter', globalAlpha: 1, font: '10px sans-serif', textAlign: 'start', textBaseline: 'alphabetic', dash: [] };

/** Distance of a baseline from where the text was put, in em, close enough for every sans-serif. */
const BASELINES: Partial<Record<CanvasTextBaseline, number>> = { middle: 0.35, top: 0.8, hanging: 0.75, bottom: -0.2 };
const ANCHORS: Partial<Record<CanvasTextAlign, string>> = { center: 'middle', right: 'end', end: 'end' };

/**
 * Takes the drawing commands of a canvas and writes them down as SVG: the same curves, as vectors. It knows what our charts and
 * Chart.js use of a canvas: paths of lines and arcs, rectangles, text, clips, moves and turns.
 */
export class SvgContext {
  readonly canvas: { width: number; height: number };
  readonly #measure: (text: string, font: string) => number;
  readonly #parts: string[] = [];
  readonly #definitions: string[] = [];
  readonly #stack: State[] = [];
  #state: State = { ...FIRST };
  #path = '';

  /** @param measure width of a text in a CSS font, px */
  constructor(width: number, height: number, measure: (text: string, font: string) => number) {
    this.canvas = { width, height };
    this.#measure = measure;
  }

  /** What was drawn, as elements to put into an <svg>. */
  get elements(): string {
    return `${this.#definitions.length > 0 ? `<defs>${this.#definitions.join('')}</defs>` : ''}${this.#parts.join('\n')}`;
  }

  save(): void {
    this.#stack.push({ ...this.#state });
  }

  restore(): void {
    this.#state = this.#stack.pop() ?? this.#state;
  }

  translate(x: number, y: number): void {
    this.#multiply([1, 0, 0, 1, x, y]);
  }

  rotate(angle: number): void {
    this.#multiply([Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0]);
  }

  setTransform(a: number, b: number, c: number, d: number, e: number, f: number): void {
    this.#state.matrix = [a, b, c, d, e, f];
  }

  resetTransform(): void {
    this.#state.matrix = FIRST.matrix;
  }

  beginPath(): void {
    this.#path = '';
  }

  moveTo(x: number, y: number): void {
    this.#path += `M${this.#point(x, y)}`;
  }

  lineTo(x: number, y: number): void {
    this.#path += `${this.#path === '' ? 'M' : 'L'}${this.#point(x, y)}`;
  }

  closePath(): void {
    this.#path += 'Z';
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.#path += `M${this.#point(x, y)}L${this.#point(x + width, y)}L${this.#point(x + width, y + height)}L${this.#point(x, y + height)}Z`;
  }

  /** A whole turn is drawn as two halves; SVG has no arc that ends where it began. */
  arc(x: number, y: number, radius: number, start: number, end: number): void {
    const turn = Math.min(2 * Math.PI, Math.abs(end - start));
    const at = (angle: number): string => this.#point(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    this.#path += `${this.#path === '' || turn === 2 * Math.PI ? 'M' : 'L'}${at(start)}`;
    for (const part of [0.5, 1]) this.#path += `A${round(radius)} ${round(radius)} 0 0 1 ${at(start + turn * part)}`;
  }

  fill(): void {
    if (this.#path !== '') this.#write(`<path d="${this.#path}"${this.#paint('fill')}/>`);
  }

  stroke(): void {
    if (this.#path !== '') this.#write(`<path d="${this.#path}" fill="none"${this.#line()}/>`);
  }

  clip(): void {
    const id = `clip${this.#definitions.length}`;
    this.#definitions.push(`<clipPath id="${id}"${this.#clipped()}><path d="${this.#path}"/></clipPath>`);
    this.#state.clip = id;
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    const before = this.#path;
    this.#path = '';
    this.rect(x, y, width, height);
    this.fill();
    this.#path = before;
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    const before = this.#path;
    this.#path = '';
    this.rect(x, y, width, height);
    this.stroke();
    this.#path = before;
  }

  /** There is nothing below: what is drawn is new. */
  clearRect(): void {
    this.#path = '';
  }

  fillText(text: string, x: number, y: number): void {
    const { font, textAlign, textBaseline, matrix } = this.#state;
    const { size, family, weight } = fontOf(font);
    const anchor = ANCHORS[textAlign];
    const place = `transform="matrix(${matrix.map(round).join(' ')})" x="${round(x)}" y="${round(y + (BASELINES[textBaseline] ?? 0) * size)}"`;
    this.#write(`<text ${place} font-family="${escape(family)}" font-size="${size}"${weight === 'normal' ? '' : ` font-weight="${weight}"`}${anchor ? ` text-anchor="${anchor}"` : ''}${this.#paint('fill')}>${escape(text)}</text>`);
  }

  /** Only ever asked for with a width of nothing. */
  strokeText(): void {
    this.#path = '';
  }

  measureText(text: string): { width: number } {
    return { width: this.#measure(text, this.#state.font) };
  }

  setLineDash(dash: readonly number[]): void {
    this.#state.dash = [...dash];
  }

  getLineDash(): number[] {
    return [...this.#state.dash];
  }

  get strokeStyle(): string {
    return this.#state.strokeStyle;
  }

  set strokeStyle(value: string) {
    this.#state.strokeStyle = value;
  }

  get fillStyle(): string {
    return this.#state.fillStyle;
  }

  set fillStyle(value: string) {
    this.#state.fillStyle = value;
  }

  get lineWidth(): number {
    return this.#state.lineWidth;
  }

  set lineWidth(value: number) {
    this.#state.lineWidth = value;
  }

  get lineCap(): CanvasLineCap {
    return this.#state.lineCap;
  }

  set lineCap(value: CanvasLineCap) {
    this.#state.lineCap = value;
  }

  get lineJoin(): CanvasLineJoin {
    return this.#state.lineJoin;
  }

  set lineJoin(value: CanvasLineJoin) {
    this.#state.lineJoin = value;
  }

  get globalAlpha(): number {
    return this.#state.globalAlpha;
  }

  set globalAlpha(value: number) {
    this.#state.globalAlpha = value;
  }

  get font(): string {
    return this.#state.font;
  }

  set font(value: string) {
    this.#state.font = value;
  }

  get textAlign(): CanvasTextAlign {
    return this.#state.textAlign;
  }

  set textAlign(value: CanvasTextAlign) {
    this.#state.textAlign = value;
  }

  get textBaseline(): CanvasTextBaseline {
    return this.#state.textBaseline;
  }

  set textBaseline(value: CanvasTextBaseline) {
    this.#state.textBaseline = value;
  }

  #multiply([a, b, c, d, e, f]: Matrix): void {
    const [A, B, C, D, E, F] = this.#state.matrix;
    this.#state.matrix = [A * a + C * b, B * a + D * b, A * c + C * d, B * c + D * d, A * e + C * f + E, B * e + D * f + F];
  }

  #point(x: number, y: number): string {
    const [a, b, c, d, e, f] = this.#state.matrix;
    return `${round(a * x + c * y + e)} ${round(b * x + d * y + f)}`;
  }

  #write(element: string): void {
    this.#parts.push(element);
  }

  #clipped(): string {
    return this.#state.clip === undefined ? '' : ` clip-path="url(#${this.#state.clip})"`;
  }

  #paint(kind: 'fill' | 'stroke'): string {
    const { colour, opacity } = splitAlpha(kind === 'fill' ? this.#state.fillStyle : this.#state.strokeStyle);
    const alpha = round(opacity * this.#state.globalAlpha);
    return ` ${kind}="${escape(colour)}"${alpha === 1 ? '' : ` ${kind}-opacity="${alpha}"`}${this.#clipped()}`;
  }

  #line(): string {
    const { lineWidth, lineCap, lineJoin, dash } = this.#state;
    return `${this.#paint('stroke')} stroke-width="${round(lineWidth)}"${lineCap === 'butt' ? '' : ` stroke-linecap="${lineCap}"`}${lineJoin === 'miter' ? '' : ` stroke-linejoin="${lineJoin}"`}${dash.length === 0 ? '' : ` stroke-dasharray="${dash.join(' ')}"`}`;
  }
}

const round = (value: number): number => Math.round(value * 100) / 100 || 0;

const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!);

/** "rgb(22 32 43 / 8%)" as a colour and an opacity: programs that draw SVG know no alpha in colours. */
export function splitAlpha(colour: string): { colour: string; opacity: number } {
  const parts = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)(?:\s*[,/]\s*([\d.]+)(%?))?\s*\)$/.exec(colour.trim());
  if (!parts) return { colour, opacity: 1 };
  const [, red, green, blue, alpha, percent] = parts;
  return { colour: `rgb(${red}, ${green}, ${blue})`, opacity: alpha === undefined ? 1 : Number(alpha) / (percent ? 100 : 1) };
}

/** Size, family and weight of a CSS font such as "600 13px 'Inter Variable', sans-serif". */
export function fontOf(font: string): { size: number; family: string; weight: string } {
  const [, before, size, family] = /^(.*?)([\d.]+)px(?:\/\S+)?\s+(.*)$/.exec(font) ?? [undefined, '', '10', 'sans-serif'];
  return { size: Number(size), family: family.replaceAll('"', "'"), weight: /\b(bold|[1-9]00)\b/.exec(before)?.[1] ?? 'normal' };
}
