/** @type {HTMLTableElement | null} */
const metricTable = document.querySelector('#all-metrics');
const shownCount = document.querySelector('#metrics-shown');
/** @type {HTMLInputElement | null} */
const search = document.querySelector('#metric-search');
const boxes = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll('.filters input[type="checkbox"]')]);

document.documentElement.classList.add('live');

/** Shows the rows whose verdict is ticked and whose name holds the text, and says how many are left out. */
function filterMetrics() {
  if (metricTable === null) return;
  const wanted = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  const text = (search?.value ?? '').toLowerCase();
  let shown = 0;
  const rows = [...(metricTable.tBodies[0]?.rows ?? [])];
  for (const row of rows) {
    row.hidden = !wanted.has(row.dataset['verdict'] ?? '') || !(row.textContent ?? '').toLowerCase().includes(text);
    if (!row.hidden) shown++;
  }
  if (shownCount !== null) shownCount.textContent = `${shown} of ${rows.length} shown`;
}

/**
 * Sorts by a column; a second time the other way round.
 * @param {HTMLTableCellElement} head
 */
function sortBy(head) {
  const body = metricTable?.tBodies[0];
  if (body === undefined) return;
  const place = head.cellIndex;
  const descending = head.getAttribute('aria-sort') === 'ascending';
  for (const other of head.parentElement?.children ?? []) other.removeAttribute('aria-sort');
  head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
  /** @param {HTMLTableRowElement} row */
  const key = (row) => row.cells[place]?.dataset['sort'] ?? row.cells[place]?.textContent ?? '';
  const rows = [...body.rows].sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    const numbers = Number(x) - Number(y);
    return (Number.isNaN(numbers) ? x.localeCompare(y, 'en') : numbers) * (descending ? -1 : 1);
  });
  body.append(...rows);
}

for (const box of boxes) box.addEventListener('change', filterMetrics);
search?.addEventListener('input', filterMetrics);
for (const head of metricTable?.tHead?.rows[0]?.cells ?? []) {
  head.querySelector('button')?.addEventListener('click', () => sortBy(head));
}
filterMetrics();
