import { hideCrosshair, moveCrosshair } from './crosshair.js';
import { moments, percentage, view } from './state.js';
import { show, showAll } from './zoom.js';

const DRAG_PX = 5;

/**
 * Drag to zoom, double-click to go back, crosshair under the pointer.
 * @param {HTMLElement} over
 */
export function followPointer(over) {
  const selection = over.querySelector('.selection');
  /** @type {number | null} */
  let start = null;

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
    if (event.button !== 0 || event.pointerType === 'touch') return;
    start = along(event);
    over.setPointerCapture(event.pointerId);
  });
  over.addEventListener('pointermove', (event) => {
    const here = along(event);
    moveCrosshair(nearestMoment(timeAt(here)));
    if (start !== null) select(start, here);
  });
  over.addEventListener('pointerup', (event) => {
    if (start === null) return;
    const from = Math.min(start, along(event));
    const to = Math.max(start, along(event));
    start = null;
    select(0, 0);
    if ((to - from) * over.getBoundingClientRect().width >= DRAG_PX) show(timeAt(from), timeAt(to));
  });
  over.addEventListener('pointercancel', () => {
    start = null;
    select(0, 0);
  });
  over.addEventListener('pointerleave', () => {
    if (start === null) hideCrosshair();
  });
  over.addEventListener('dblclick', showAll);
}

/** @param {number} at */
export function nearestMoment(at) {
  let best = moments[0] ?? at;
  for (const moment of moments) if (Math.abs(moment - at) < Math.abs(best - at)) best = moment;
  return best;
}
