import { data, isZoomed, view } from './state.js';
import { show } from './zoom.js';

const EDGE_PX = 9;

/**
 * The frame of the overview: drag it to move, its edges to resize, anywhere else to choose a new span.
 * @param {HTMLElement} plot
 */
export function followFrame(plot) {
  /** @type {{ grip: string, start: number, from: number, to: number } | null} */
  let held = null;

  /** @param {PointerEvent} event */
  const timeAt = (event) => {
    const box = plot.getBoundingClientRect();
    const part = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
    return data.from + part * (data.to - data.from);
  };
  /** @param {PointerEvent} event */
  const gripAt = (event) => {
    const at = timeAt(event);
    const edge = (EDGE_PX / plot.getBoundingClientRect().width) * (data.to - data.from);
    if (Math.abs(at - view.from) <= edge) return 'from';
    if (Math.abs(at - view.to) <= edge) return 'to';
    return isZoomed() && at > view.from && at < view.to ? 'frame' : 'new';
  };

  plot.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    held = { grip: gripAt(event), start: timeAt(event), from: view.from, to: view.to };
    plot.setPointerCapture(event.pointerId);
  });
  plot.addEventListener('pointermove', (event) => {
    plot.dataset['grip'] = held === null ? gripAt(event) : held.grip;
    if (held === null) return;
    const at = timeAt(event);
    const moved = at - held.start;
    if (held.grip === 'from') show(Math.min(at, held.to - 1000), held.to);
    else if (held.grip === 'to') show(held.from, Math.max(at, held.from + 1000));
    else if (held.grip === 'frame') show(held.from + moved, held.to + moved);
    else if (moved !== 0) show(Math.min(at, held.start), Math.max(at, held.start));
  });
  const release = () => {
    held = null;
  };
  plot.addEventListener('pointerup', release);
  plot.addEventListener('pointercancel', release);
}
