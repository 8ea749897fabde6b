import { moveLine, shiftOf } from './axis.js';
import { clockText, offsetText, valueText } from './format.js';
import { data, element, elements, times, view } from './state.js';

/** @typedef {import('./state.js').ClientRow} ClientRow */
/** @typedef {import('./state.js').ClientSeries} ClientSeries */

/**
 * Moves the crosshair to a time, or away, and reads the values of all lanes there.
 * @param {number | null} at
 */
export function moveCrosshair(at) {
  view.at = at;
  for (const stage of elements('.stage')) stage.classList.toggle('reading', at !== null);
  for (const line of elements('.crosshair')) {
    if (at === null) moveAway(line);
    else moveLine(line, at);
  }
  if (at === null) return;
  for (const row of elements('[data-row]')) {
    const output = row.querySelector('output');
    if (output !== null) output.textContent = reading(data.rows[Number(row.dataset['row'])] ?? null, at);
  }
  for (const label of elements('.row.axis .name')) {
    const [axis] = elements('.plot', label.parentElement ?? label);
    label.textContent = axis?.classList.contains('clocks')
      ? `${label.dataset['rest']} ${clockText(at + shiftOf(axis, at), 100)}`
      : offsetText(at - (data.onset ?? at));
  }
}

/** Takes the crosshair away. */
export function hideCrosshair() {
  moveCrosshair(null);
  for (const label of elements('.row.axis .name')) label.textContent = label.dataset['rest'] ?? '';
}

/** @param {Element} line */
function moveAway(line) {
  line.setAttribute('x1', '-9');
  line.setAttribute('x2', '-9');
}

/**
 * What a row shows at a time, in words.
 * @param {ClientRow | null} row
 * @param {number} at
 */
function reading(row, at) {
  if (row === null) return '';
  const values = row.series.map((series) => ({ ...series, found: valueAt(row, series, at) }));
  if (values.every(({ found }) => found === null)) return 'no value';
  return values.map(({ name, unit, found }) => `${valueText(found, unit)}${name === '' ? '' : ` ${name}`}`).join(', ');
}

/**
 * @param {ClientRow} row
 * @param {ClientSeries} series
 * @param {number} at
 */
function valueAt(row, series, at) {
  const list = times[series.times] ?? [];
  let after = list.findIndex((time) => time >= at);
  if (after === -1) after = list.length;
  const before = list[after] === at ? after : after - 1;
  const nearest = distance(list[before], at) <= distance(list[after], at) ? before : after;
  const index = row.holds === 'before' ? after : row.holds === 'after' ? before : nearest;
  return distance(list[index], at) <= row.reach ? (series.value[index] ?? null) : null;
}

/**
 * @param {number | undefined} time
 * @param {number} at
 */
function distance(time, at) {
  return time === undefined ? Number.POSITIVE_INFINITY : Math.abs(time - at);
}

/**
 * The values of the rows of one figure at the crosshair, read out by the live region.
 * @param {HTMLElement} over
 */
export function announce(over) {
  if (view.at === null) return;
  const parts = elements('[data-row]', over.parentElement ?? document).map((row) => {
    const value = row.querySelector('output')?.textContent ?? '';
    return value === '' ? '' : `${row.querySelector('.name b')?.textContent}: ${value}`;
  });
  element('#crosshair-text').textContent = [clockText(view.at, 100), ...parts.filter((part) => part !== '')].join('; ');
}
