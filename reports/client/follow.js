import { clockText, numberText, valueText } from './format.js';
import { data, elements, times, view } from './state.js';

const SETTLED_MS = 60;
const pending = { timer: 0 };

/** Lets tables and numbers follow the time shown, once a zoom has settled. */
export function followSpan() {
  clearTimeout(pending.timer);
  pending.timer = setTimeout(applySpan, SETTLED_MS);
}

function applySpan() {
  const zoomed = view.from > data.from || view.to < data.to;
  document.documentElement.classList.toggle('zoomed', zoomed);
  for (const place of elements('[data-measure]')) {
    const measure = data.measures[Number(place.dataset['measure'])];
    place.textContent = zoomed && measure ? `in the time shown: ${measured(measure)}` : '';
  }
  for (const table of elements('[data-who]')) {
    const group = data.who[Number(table.dataset['who'])];
    if (group) fillTable(table, group, zoomed);
  }
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
 * @param {HTMLElement} table
 * @param {import('./state.js').ClientGroup} group
 * @param {boolean} zoomed
 */
function fillTable(table, group, zoomed) {
  const samples = within(group.times);
  const fold = (/** @type {number[]} */ values) => {
    const sum = samples.reduce((total, i) => total + (values[i] ?? 0), 0);
    return group.fold === 'sum' ? sum : sum / samples.length;
  };
  const total = fold(group.total);
  const title = table.querySelector('th.span');
  if (title) title.textContent = zoomed ? 'Shown' : 'During';
  for (const row of elements('[data-name]', table)) {
    const values = group.rows[Number(row.dataset['name'])];
    const during = row.querySelector('.during');
    const share = row.querySelector('.share span');
    const bar = row.querySelector('.part');
    if (!values || !during || !share || !bar) continue;
    for (const cell of [during, share]) {
      if (!(cell instanceof HTMLElement)) continue;
      cell.dataset['rest'] ??= cell.textContent ?? '';
    }
    const width = bar.getAttribute('data-rest') ?? bar.getAttribute('width') ?? '0';
    bar.setAttribute('data-rest', width);
    const part = total > 0 ? fold(values) / total : 0;
    during.textContent = zoomed
      ? samples.length === 0
        ? 'no sample'
        : numberText(fold(values))
      : during.getAttribute('data-rest');
    share.textContent = zoomed
      ? samples.length === 0 || total === 0
        ? ''
        : `${numberText(Math.round(part * 1000) / 10)} %`
      : share.getAttribute('data-rest');
    bar.setAttribute('width', zoomed ? String(samples.length === 0 ? 0 : part * 60) : width);
  }
}
