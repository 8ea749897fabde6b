/**
 * @typedef {{ name: string, unit: string, times: number, value: (number | null)[] }} ClientSeries
 * @typedef {{ holds: string, reach: number, series: ClientSeries[] }} ClientRow
 * @typedef {{ times: number, value: (number | null)[], unit: string, fold: string }} ClientMeasure
 * @typedef {{ times: number, fold: string, rows: number[][], total: number[] }} ClientGroup
 * @typedef {{ from: number, to: number, onset: number | null, window: Span | null, open: Span, steps: number[], times: number[][], rows: (ClientRow | null)[], measures: ClientMeasure[], who: ClientGroup[] }} ClientData
 * @typedef {{ from: number, to: number }} Span
 */

export const SVG = 'http://www.w3.org/2000/svg';

/** @type {ClientData} What the page says about its timeline. */
export const data = JSON.parse(element('#timeline-data').textContent ?? '');

/** The lists of times, in milliseconds since 1970. */
export const times = data.times.map((distances) => {
  let at = 0;
  return distances.map((distance) => (at += distance));
});

/** All times at which the crosshair can stand. */
export const moments = [...new Set(times.flat())]
  .filter((at) => at >= data.from && at <= data.to)
  .toSorted((a, b) => a - b);

/**
 * What is shown, of which host (empty: all), and where the crosshair stands.
 * @type {Span & { at: number | null, host: string }}
 */
export const view = { from: data.from, to: data.to, at: null, host: '' };

/**
 * The one element of the page that fits.
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function element(selector) {
  const found = document.querySelector(selector);
  if (found === null) throw new Error(`the page has no ${selector}`);
  return /** @type {HTMLElement} */ (found);
}

/**
 * All elements that fit.
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {HTMLElement[]}
 */
export function elements(selector, within = document) {
  return [...within.querySelectorAll(selector)].map((found) => /** @type {HTMLElement} */ (found));
}

/** Whether less than the whole recording is shown. */
export function isZoomed() {
  return view.from > data.from || view.to < data.to;
}

/**
 * Share of the shown span, in per cent.
 * @param {number} at
 */
export function share(at) {
  return ((at - view.from) / (view.to - view.from)) * 100;
}

/** @param {number} value */
export function percentage(value) {
  return `${Math.round(value * 1000) / 1000}%`;
}
