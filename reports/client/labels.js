import { elements, percentage, SVG, share } from './state.js';

const LABEL_MARGIN = 7;
const LEAST_TEXT = 14;

const ruler = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));

/**
 * Places every label of the plots again for the shown span and the real width of its text: inside its bar, beside it,
 * or its strong part only; a bar that is cut at the left keeps its label. All is measured before anything is written: a page
 * that is asked for a width after each change lays itself out each time.
 */
export function placeLabels() {
  const labels = elements('.plot text.label').filter(
    (label) => label.closest('[hidden]') === null && getComputedStyle(label).display !== 'none',
  );
  const [first] = labels;
  if (first === undefined) return;
  const plain = fontOf(first);
  const [bold] = elements('.plot .strong');
  const heavy = bold === undefined ? plain : fontOf(bold);
  /** @param {string} text @param {string} font */
  const textWidth = (text, font) => {
    ruler.font = font;
    return ruler.measureText(text).width;
  };
  /** @param {string} strong @param {string} text */
  const needed = (strong, text) =>
    (strong === '' ? 0 : textWidth(strong, heavy)) +
    (text === '' ? 0 : textWidth(text, plain) + (strong === '' ? 0 : LABEL_MARGIN)) +
    LABEL_MARGIN * 2;
  const widths = labels.map((label) => label.parentElement?.getBoundingClientRect().width ?? 0);
  for (const [i, label] of labels.entries()) placeLabel(label, widths[i] ?? 0, needed);
}

/**
 * The font in full: the shorthand is empty where figures are set to one width.
 * @param {HTMLElement} element
 */
function fontOf(element) {
  const { fontWeight, fontSize, fontFamily } = getComputedStyle(element);
  return `${fontWeight} ${fontSize} ${fontFamily}`;
}

/**
 * @param {HTMLElement} label
 * @param {number} width
 * @param {(strong: string, text: string) => number} needed
 */
function placeLabel(label, width, needed) {
  const from = share(Number(label.dataset['from']));
  const to = share(Number(label.dataset['to']));
  const seen = to >= 0 && from <= 100;
  label.setAttribute('visibility', seen ? 'visible' : 'hidden');
  if (!seen) return;
  const start = Math.min(Math.max(0, from), 100);
  const end = Math.min(Math.max(0, to), 100);
  const inside = { x: start, anchor: 'start', inside: true, room: ((end - start) / 100) * width };
  const right = { x: end, anchor: 'start', inside: false, room: ((100 - end) / 100) * width };
  const left = { x: start, anchor: 'end', inside: false, room: (start / 100) * width };
  const beside = right.room >= left.room ? right : left;
  const strong = label.dataset['strong'] ?? '';
  const text = label.dataset['text'] ?? '';
  const whole = needed(strong, text);
  const short = needed(strong, '');
  const outside = label.dataset['outside'] !== undefined;
  const fitting = (outside || strong === '' ? [right, left] : [inside, right]).find(({ room }) => whole <= room);
  if (fitting !== undefined) return put(label, fitting, strong, text);
  const place = strong === '' || outside ? beside : inside;
  const most = Math.floor(((place.room - short) * text.length) / Math.max(whole - short, 1));
  for (let kept = most; kept >= LEAST_TEXT; kept--) {
    const part = `${text.slice(0, kept).trimEnd()}…`;
    if (needed(strong, part) <= place.room) return put(label, place, strong, part);
  }
  put(label, short <= inside.room && !outside ? inside : beside, strong, '');
}

/**
 * @param {HTMLElement} label
 * @param {{ x: number, anchor: string, inside: boolean }} place
 * @param {string} strong
 * @param {string} text
 */
function put(label, { x, anchor, inside }, strong, text) {
  label.setAttribute('x', percentage(x));
  label.setAttribute('dx', String(anchor === 'start' ? LABEL_MARGIN : -LABEL_MARGIN));
  label.setAttribute('text-anchor', anchor);
  label.classList.toggle('inside', inside);
  if (label.dataset['said'] === `${strong}\n${text}`) return;
  label.dataset['said'] = `${strong}\n${text}`;
  const spans = [];
  if (strong !== '') {
    const span = document.createElementNS(SVG, 'tspan');
    span.setAttribute('class', 'strong');
    span.textContent = strong;
    spans.push(span);
  }
  if (text !== '') {
    const span = document.createElementNS(SVG, 'tspan');
    if (strong !== '') span.setAttribute('dx', String(LABEL_MARGIN));
    span.textContent = text;
    spans.push(span);
  }
  label.replaceChildren(...spans);
}
