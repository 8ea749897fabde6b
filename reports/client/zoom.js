import { drawAxes, moveLine } from './axis.js';
import { moveCrosshair } from './crosshair.js';
import { cutDashes } from './dashes.js';
import { followSpan } from './follow.js';
import { clockText } from './format.js';
import { placeLabels } from './labels.js';
import { data, element, elements, isZoomed, percentage, share, view } from './state.js';

const SHORTEST_MS = 1000;
const BOX = 1000;

/**
 * Shows a span of time in all lanes: the drawings by their viewBox, everything else by its time.
 * @param {number} from
 * @param {number} to
 */
export function show(from, to) {
  const length = Math.min(Math.max(to - from, SHORTEST_MS), data.to - data.from);
  view.from = Math.min(Math.max(from, data.from), data.to - length);
  view.to = view.from + length;
  const whole = data.to - data.from;
  const x = ((view.from - data.from) / whole) * BOX;
  const width = ((view.to - view.from) / whole) * BOX;
  for (const marks of elements('.marks:not(.fixed)')) {
    const height = (marks.getAttribute('viewBox') ?? '').split(' ')[3];
    marks.setAttribute('viewBox', `${x} 0 ${width} ${height}`);
  }
  cutDashes(x, x + width, width === BOX);
  for (const rect of elements('.stage rect[data-from]')) moveRect(rect);
  for (const edge of elements('.under line[data-at]')) moveLine(edge, Number(edge.dataset['at']));
  for (const frame of elements('.frame')) {
    frame.setAttribute('x', percentage(x / 10));
    frame.setAttribute('width', percentage(width / 10));
  }
  drawAxes();
  placeLabels();
  say();
  followSpan();
  moveCrosshair(view.at);
}

/** Shows the whole recording. */
export function showAll() {
  show(data.from, data.to);
}

/**
 * Makes the shown span `factor` times as long, around the crosshair or the middle.
 * @param {number} factor
 */
export function scale(factor) {
  const inView = view.at !== null && view.at >= view.from && view.at <= view.to;
  const centre = inView && view.at !== null ? view.at : (view.from + view.to) / 2;
  show(centre - (centre - view.from) * factor, centre + (view.to - centre) * factor);
}

/** @param {HTMLElement} rect */
function moveRect(rect) {
  const from = Math.min(Math.max(share(Number(rect.dataset['from'])), -1), 101);
  const to = Math.min(Math.max(share(Number(rect.dataset['to'])), -1), 101);
  rect.setAttribute('x', percentage(from));
  rect.setAttribute('width', percentage(Math.max(0, to - from)));
}

/** Says what is shown, in a line that stays in view. */
function say() {
  const step = view.to - view.from < 10_000 ? 100 : 1000;
  element('#shown-span').textContent = isZoomed()
    ? `Time shown: ${clockText(view.from, step)} – ${clockText(view.to, step)} of ${clockText(data.from, 1000)} – ${clockText(data.to, 1000)} UTC`
    : '';
  const narrowed = isZoomed() || view.host !== '';
  element('#shown').hidden = !narrowed;
  document.documentElement.classList.toggle('narrowed', narrowed);
}
