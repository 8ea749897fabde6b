import { clockText, numberText, valueText } from './format.js';
import { writeHash } from './hash.js';
import { data, elements, isZoomed, times, view } from './state.js';

const SETTLED_MS = 60;
const pending = { timer: 0 };

/** @type {WeakMap<HTMLElement, ChildNode[]>} What stood in a place when the page was made. */
const made = new WeakMap();

/** Lets tables and numbers follow the time shown, once a zoom has settled. */
export function followSpan() {
  clearTimeout(pending.timer);
  pending.timer = setTimeout(applySpan, SETTLED_MS);
}

function applySpan() {
  writeHash();
  const zoomed = isZoomed();
  document.documentElement.classList.toggle('zoomed', zoomed);
  for (const place of elements('[data-measure]')) {
    const measure = data.measures[Number(place.dataset['measure'])];
    const host = place.dataset['named'] === undefined ? '' : `${place.dataset['named']}: `;
    place.textContent = zoomed && measure ? `${host}in the time shown: ${measured(measure)}` : '';
  }
  for (const card of elements('.finding, .timed')) card.classList.toggle('outside', zoomed && isOutside(card));
  for (const place of elements('[data-count]')) {
    const all = elements(place.dataset['count'] ?? '');
    const shown = all.filter((one) => !one.hidden && !one.classList.contains('outside'));
    place.textContent = shown.length === all.length ? '' : `shown: ${shown.length} of ${all.length}`;
  }
  for (const split of elements('[data-who]')) {
    const group = data.who[Number(split.dataset['who'])];
    if (group) fillSplit(split, group, zoomed);
  }
}

/**
 * Whether a card, gap or note is about another time than the one shown.
 * @param {HTMLElement} card
 */
function isOutside(card) {
  const to = card.dataset['to'];
  return Number(card.dataset['from']) > view.to || (to !== undefined && Number(to) < view.from);
}

/**
 * Indexes of the samples in the time shown.
 * @param {number} list
 */
function within(list) {
  const at = times[list] ?? [];
  return at.map((_, i) => i).filter((i) => (at[i] ?? 0) >= view.from && (at[i] ?? 0) <= view.to);
}

/** @param {import('./state.js').ClientMeasure} measure */
function measured(measure) {
  const at = times[measure.times] ?? [];
  if (measure.fold === 'samples') return `${within(measure.times).length} of ${at.length} samples`;
  /** @type {{ at: number, value: number, seconds: number }[]} */
  const known = [];
  for (const i of within(measure.times)) {
    const value = measure.value[i];
    const before = at[i - 1];
    const seconds = before === undefined ? 0 : ((at[i] ?? 0) - before) / 1000;
    if (value !== null && value !== undefined) known.push({ at: at[i] ?? 0, value, seconds });
  }
  if (known.length === 0) return 'no value';
  if (measure.fold === 'count') {
    return `about ${numberText(Math.round(known.reduce((sum, one) => sum + one.value * one.seconds, 0)))}`;
  }
  const sign = measure.fold === 'least' ? -1 : 1;
  const best = known.reduce((most, one) => (one.value * sign > most.value * sign ? one : most));
  return `${sign < 0 ? 'at least' : 'at most'} ${valueText(best.value, measure.unit)} at ${clockText(best.at, 1000)}`;
}

/**
 * @param {HTMLElement} split
 * @param {import('./state.js').ClientGroup} group
 * @param {boolean} zoomed
 */
function fillSplit(split, group, zoomed) {
  const samples = within(group.times);
  const fold = (/** @type {number[]} */ values) => {
    const sum = samples.reduce((total, i) => total + (values[i] ?? 0), 0);
    return group.fold === 'sum' ? sum : sum / samples.length;
  };
  const total = fold(group.total);
  const known = samples.length > 0 && total > 0;
  const parts = group.rows.map((values) => (known ? fold(values) / total : 0));
  const title = split.querySelector('th.span');
  if (title) title.textContent = zoomed ? 'Shown' : 'During';
  for (const row of elements('[data-name]', split)) {
    const i = Number(row.dataset['name']);
    const during = samples.length === 0 ? 'no sample' : numberText(fold(group.rows[i] ?? []));
    for (const cell of elements('.during', row)) swap(cell, zoomed ? during : null);
    fillShare(row, zoomed ? (parts[i] ?? 0) : null, known);
  }
  const most = parts.indexOf(Math.max(...parts));
  for (const summary of elements('summary', split)) {
    const name = split.querySelector(`[data-name="${most}"] th`)?.getAttribute('title') ?? '';
    for (const top of elements('.most', summary)) swap(top, zoomed ? (known ? name : 'none in the time shown') : null);
    fillShare(summary, zoomed ? (parts[most] ?? 0) : null, known);
  }
}

/**
 * @param {HTMLElement} place
 * @param {number | null} part Null: as the page was made.
 * @param {boolean} known
 */
function fillShare(place, part, known) {
  for (const text of elements('.share span', place)) {
    swap(text, part === null ? null : known ? `${numberText(Math.round(part * 1000) / 10)} %` : '');
  }
  for (const bar of place.querySelectorAll('.share .part')) {
    const width = bar.getAttribute('data-rest') ?? bar.getAttribute('width') ?? '0';
    bar.setAttribute('data-rest', width);
    bar.setAttribute('width', part === null ? width : String(part * 60));
  }
}

/**
 * @param {HTMLElement} place
 * @param {string | null} text Null: what stood there when the page was made.
 */
function swap(place, text) {
  const kept = made.get(place) ?? [...place.childNodes];
  made.set(place, kept);
  place.replaceChildren(...(text === null ? kept : [text]));
}
