import { hideCrosshair, moveCrosshair } from './crosshair.js';
import { moments, percentage, view } from './state.js';
import { show, showAll } from './zoom.js';

const DRAG_PX = 5;
/** Fingers this close, as a share of the plot, say nothing of a length. */
const LEAST_PINCH = 0.02;

/**
 * Drag to zoom, double-click to go back, crosshair under the pointer; two fingers stretch and move. Up and down stay with the page.
 * @param {HTMLElement} over
 */
export function followPointer(over) {
  const selection = over.querySelector('.selection');
  /** @type {number | null} */
  let start = null;
  /** @type {Map<number, number>} Where on the plot each finger or button is. */
  const fingers = new Map();
  /** @type {{ id: number, at: number }[]} The times under two fingers when they came down. */
  let held = [];

  /** @param {PointerEvent} event */
  const along = (event) => {
    const box = over.getBoundingClientRect();
    return Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
  };
  /** @param {number} part */
  const timeAt = (part) => view.from + part * (view.to - view.from);
  const select = (/** @type {number} */ from, /** @type {number} */ to) => {
    selection?.setAttribute('x', percentage(Math.min(from, to) * 100));
    selection?.setAttribute('width', percentage(Math.abs(to - from) * 100));
  };

  over.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    fingers.set(event.pointerId, along(event));
    over.setPointerCapture(event.pointerId);
    start = fingers.size === 1 ? along(event) : null;
    if (fingers.size === 2) held = [...fingers].map(([id, part]) => ({ id, at: timeAt(part) }));
  });
  over.addEventListener('pointermove', (event) => {
    const here = along(event);
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, here);
    if (fingers.size > 1) return pinch();
    moveCrosshair(nearestMoment(timeAt(here)));
    if (start !== null) select(start, here);
  });
  over.addEventListener('pointerup', (event) => {
    fingers.delete(event.pointerId);
    if (start === null) return;
    const from = Math.min(start, along(event));
    const to = Math.max(start, along(event));
    start = null;
    select(0, 0);
    if ((to - from) * over.getBoundingClientRect().width >= DRAG_PX) show(timeAt(from), timeAt(to));
    else moveCrosshair(nearestMoment(timeAt(from)));
  });
  over.addEventListener('pointercancel', (event) => {
    fingers.delete(event.pointerId);
    start = null;
    select(0, 0);
  });
  over.addEventListener('pointerleave', (event) => {
    if (start === null && event.pointerType === 'mouse') hideCrosshair();
  });

  /** Keeps the times under both fingers where they are. */
  function pinch() {
    select(0, 0);
    const [one, other] = held.map(({ id, at }) => ({ part: fingers.get(id), at }));
    if (one?.part === undefined || other?.part === undefined || Math.abs(one.part - other.part) < LEAST_PINCH) return;
    const length = (other.at - one.at) / (other.part - one.part);
    const from = one.at - one.part * length;
    if (length > 0) show(from, from + length);
  }
  over.addEventListener('dblclick', showAll);
}

/** @param {number} at */
export function nearestMoment(at) {
  let best = moments[0] ?? at;
  for (const moment of moments) if (Math.abs(moment - at) < Math.abs(best - at)) best = moment;
  return best;
}
