import { clockText, offsetText } from './format.js';
import { data, elements, percentage, SVG, share, view } from './state.js';

const TICK_WIDTH = 70;
const LABEL_HALF = 28;

/** @type {Map<string, Intl.DateTimeFormat | null>} */
const formats = new Map();

/**
 * Draws the labels of both axes and the grid again, at round times of what is shown.
 */
export function drawAxes() {
  const axes = elements('.row.axis .plot');
  const grids = elements('.under .grid');
  // All widths before the first change: a page that is asked for one after each change lays itself out each time.
  const axisWidths = axes.map((axis) => axis.getBoundingClientRect().width);
  const gridWidths = grids.map((grid) => grid.parentElement?.getBoundingClientRect().width ?? 0);
  for (const [i, axis] of axes.entries()) {
    const width = axisWidths[i] ?? 0;
    const step = stepFor(width);
    const clocks = axis.classList.contains('clocks');
    const origin = clocks ? 0 : (data.onset ?? 0);
    const margin = (LABEL_HALF / width) * 100;
    const labels = ticksFrom(origin, step).filter((at) => share(at) >= margin && share(at) <= 100 - margin);
    for (const old of elements('text:not(.p)', axis)) old.remove();
    axis.append(
      ...labels.map((at) => axisLabel(at, clocks ? clockText(at + shiftOf(axis, at), step) : offsetText(at - origin))),
    );
  }
  for (const [i, grid] of grids.entries())
    grid.replaceChildren(...ticksFrom(0, stepFor(gridWidths[i] ?? 0)).map(gridLine));
}

/**
 * How far the clock of an axis is ahead of UTC, in milliseconds.
 * @param {HTMLElement} axis
 * @param {number} at
 */
export function shiftOf(axis, at) {
  const rest = Number(axis.dataset['shift'] ?? 0);
  const zone = axis.dataset['zone'];
  if (zone === undefined) return rest;
  let format = formats.get(zone);
  if (format === undefined) {
    format = formatFor(zone);
    formats.set(zone, format);
  }
  const name = format?.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const parts = /^GMT(?:([+-])(\d\d):(\d\d))?$/.exec(name);
  if (parts === null) return rest;
  return (parts[1] === '-' ? -60000 : 60000) * (Number(parts[2] ?? 0) * 60 + Number(parts[3] ?? 0));
}

/**
 * Null where this browser does not know the zone.
 * @param {string} timeZone
 */
function formatFor(timeZone) {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  } catch {
    return null;
  }
}

/** @param {number} width */
function stepFor(width) {
  const most = Math.max(2, Math.floor(width / TICK_WIDTH));
  return data.steps.find((step) => (view.to - view.from) / step <= most) ?? data.steps[data.steps.length - 1] ?? 1000;
}

/**
 * @param {number} origin
 * @param {number} step
 */
function ticksFrom(origin, step) {
  const found = [];
  const first = origin + Math.ceil((view.from - origin) / step) * step;
  for (let at = first; at <= view.to; at += step) found.push(at);
  return found;
}

/**
 * @param {number} at
 * @param {string} text
 */
function axisLabel(at, text) {
  const label = document.createElementNS(SVG, 'text');
  label.setAttribute('x', percentage(share(at)));
  label.setAttribute('y', '15');
  label.setAttribute('text-anchor', 'middle');
  label.setAttribute('class', 'drawn');
  label.textContent = text;
  return label;
}

/** @param {number} at */
function gridLine(at) {
  const line = document.createElementNS(SVG, 'line');
  line.dataset['at'] = String(at);
  line.setAttribute('y2', '100%');
  moveLine(line, at);
  return line;
}

/**
 * @param {Element} line
 * @param {number} at
 */
export function moveLine(line, at) {
  line.setAttribute('x1', percentage(share(at)));
  line.setAttribute('x2', percentage(share(at)));
}
