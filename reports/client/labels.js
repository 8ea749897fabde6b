import { elements, percentage, SVG, share } from './state.js';

const LABEL_MARGIN = 7;
const LEAST_TEXT = 14;

/**
 * Places every label of the plots again for the shown span and the real width of its text: inside its bar, beside it,
 * or its strong part only; a bar that is cut at the left keeps its label.
 */
export function placeLabels() {
  for (const label of elements('.plot text.label')) {
    if (label.closest('[hidden]') === null && getComputedStyle(label).display !== 'none') placeLabel(label);
  }
}

/** @param {HTMLElement} label */
function placeLabel(label) {
  const from = share(Number(label.dataset['from']));
  const to = share(Number(label.dataset['to']));
  label.setAttribute('visibility', to < 0 || from > 100 ? 'hidden' : 'visible');
  const width = label.parentElement?.getBoundingClientRect().width ?? 0;
  const start = Math.min(Math.max(0, from), 100);
  const end = Math.min(Math.max(0, to), 100);
  const inside = { x: start, anchor: 'start', inside: true, room: ((end - start) / 100) * width };
  const right = { x: end, anchor: 'start', inside: false, room: ((100 - end) / 100) * width };
  const left = { x: start, anchor: 'end', inside: false, room: (start / 100) * width };
  const beside = right.room >= left.room ? right : left;
  const strong = label.dataset['strong'] ?? '';
  const text = label.dataset['text'] ?? '';
  const needed = fill(label, strong, text);
  const outside = label.dataset['outside'] !== undefined;
  const whole = (outside || strong === '' ? [right, left] : [inside, right]).find(({ room }) => needed <= room);
  if (whole !== undefined) return put(label, whole);
  const place = strong === '' || outside ? beside : inside;
  const short = fill(label, strong, '');
  const fitting = Math.floor(((place.room - short) * text.length) / Math.max(needed - short, 1));
  for (let kept = fitting; kept >= LEAST_TEXT; kept--) {
    if (fill(label, strong, `${text.slice(0, kept).trimEnd()}…`) <= place.room) return put(label, place);
  }
  fill(label, strong, '');
  put(label, short <= inside.room && !outside ? inside : beside);
}

/**
 * Sets the words of a label; returns the width they need.
 * @param {HTMLElement} label
 * @param {string} strong
 * @param {string} text
 */
function fill(label, strong, text) {
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
  const drawn = /** @type {SVGTextElement} */ (/** @type {unknown} */ (label));
  return drawn.getComputedTextLength() + LABEL_MARGIN * 2;
}

/**
 * @param {HTMLElement} label
 * @param {{ x: number, anchor: string, inside: boolean }} place
 */
function put(label, { x, anchor, inside }) {
  label.setAttribute('x', percentage(x));
  label.setAttribute('dx', String(anchor === 'start' ? LABEL_MARGIN : -LABEL_MARGIN));
  label.setAttribute('text-anchor', anchor);
  label.classList.toggle('inside', inside);
}
