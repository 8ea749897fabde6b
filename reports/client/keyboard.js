import { announce, hideCrosshair, moveCrosshair } from './crosshair.js';
import { nearestMoment } from './pointer.js';
import { data, elements, isZoomed, moments, view } from './state.js';
import { scale, show, showAll } from './zoom.js';

/**
 * Arrows move the crosshair (with Shift by ten), Home and End to the ends, + and − zoom, Enter zooms to a bar, Escape goes back.
 * @param {HTMLElement} over
 */
export function followKeys(over) {
  over.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const stride = event.shiftKey ? 10 : 1;
    /** @type {Record<string, () => void>} */
    const actions = {
      ArrowLeft: () => stepBy(-stride),
      ArrowRight: () => stepBy(stride),
      Home: () => goTo(moments[0] ?? data.from),
      End: () => goTo(moments[moments.length - 1] ?? data.to),
      '+': () => scale(0.5),
      '=': () => scale(0.5),
      '-': () => scale(2),
      '−': () => scale(2),
      Enter: () => zoomToBar(over),
      Escape: goBack,
    };
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
    announce(over);
  });
  over.addEventListener('blur', hideCrosshair);
}

/**
 * Shows the shortest bar of the course at the crosshair, with some time around it; where there is none, the window found.
 * @param {HTMLElement} over
 */
function zoomToBar(over) {
  const { at } = view;
  const bars = elements('[data-bar-from]', over.parentElement ?? document)
    .map((row) => ({ from: Number(row.dataset['barFrom']), to: Number(row.dataset['barTo']) }))
    .filter(({ from, to }) => at !== null && at >= from && at <= to)
    .toSorted((a, b) => a.to - a.from - (b.to - b.from));
  const { from, to } = bars[0] ?? data.window ?? data.open;
  const margin = (to - from) * 0.1;
  show(from - margin, to + margin);
}

/** @param {number} count */
function stepBy(count) {
  const at = view.at ?? (data.onset !== null && data.onset >= view.from ? data.onset : view.from);
  const index = moments.indexOf(nearestMoment(at));
  const next = view.at === null ? index : Math.min(Math.max(index + count, 0), moments.length - 1);
  goTo(moments[next] ?? at);
}

/**
 * Puts the crosshair at a time and brings it into what is shown.
 * @param {number} at
 */
export function goTo(at) {
  const length = view.to - view.from;
  if (at < view.from || at > view.to) show(at - length / 2, at + length / 2);
  moveCrosshair(at);
}

function goBack() {
  if (isZoomed()) showAll();
  else hideCrosshair();
}
