import { cut, linesOf } from './path.js';
import { elements } from './state.js';

/**
 * The dashed lines of the drawings. A browser draws every dash of a line, also where it is out of view: zoomed in deep, an
 * hour of dashes took a third of a second a frame. So they are cut to what is shown.
 * @type {{ path: HTMLElement, whole: string, lines: import('./path.js').Point[][] }[]}
 */
const dashed = elements('.marks:not(.fixed) [stroke-dasharray]').flatMap((path) => {
  const whole = path.getAttribute('d') ?? '';
  const lines = linesOf(whole);
  return lines === null ? [] : [{ path, whole, lines }];
});

/**
 * Cuts dashed lines to a part of the box of the drawings.
 * @param {number} from
 * @param {number} to
 * @param {boolean} everything Whether that is all of the box.
 */
export function cutDashes(from, to, everything) {
  for (const { path, whole, lines } of dashed) {
    path.setAttribute('d', everything ? whole : lines.map((line) => cut(line, from, to)).join(''));
  }
}
