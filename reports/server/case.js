// Follows a case: what is uploaded and read appears as it happens.

const state = document.querySelector('#state');
const slug = state?.getAttribute('data-slug');
const number = new Intl.NumberFormat('en-US');
const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
const words = { waiting: 'Waiting', read: 'Read', failed: 'Not read' };

if (state && slug) follow(state, slug);

/**
 * @param {Element} state
 * @param {string} slug
 */
function follow(state, slug) {
  const events = new EventSource(`/cases/${slug}/events`);
  let wasBusy = false;
  events.addEventListener('capture', (event) => showCapture(JSON.parse(event.data).capture));
  events.addEventListener('rows', (event) => {
    const { id, rows } = JSON.parse(event.data);
    const row = rowOf(id);
    if (row === null) return;
    write(row, 1, 'Reading');
    write(row, 5, number.format(rows));
  });
  events.addEventListener('case', (event) => {
    const { waiting, problem } = JSON.parse(event.data);
    const isBusy = waiting > 0;
    if (isBusy) {
      state.textContent = problem
        ? `Reading stands still: ${problem}.`
        : `${number.format(waiting)} ${waiting === 1 ? 'capture waits' : 'captures wait'} to be read.`;
    } else if (wasBusy && !document.documentElement.hasAttribute('data-uploading')) {
      location.reload();
    }
    wasBusy = isBusy;
  });
}

/** @param {string} id */
function rowOf(id) {
  return document.querySelector(`#capture-rows [data-id="${CSS.escape(id)}"]`);
}

/**
 * @param {Element} row
 * @param {number} index
 * @param {string} text
 */
function write(row, index, text) {
  const cell = row.children[index];
  if (cell) cell.textContent = text;
}

/** @param {{id: string, name: string, state: 'waiting' | 'read' | 'failed', run: string | null, bytes: number, samples: number, rows: number, rejects: number, note: string | null}} capture */
function showCapture(capture) {
  const row = rowOf(capture.id) ?? newRow(capture);
  if (row === null) return;
  const isRead = capture.state === 'read';
  const texts = [
    capture.name,
    words[capture.state],
    capture.run ?? '',
    bytes(capture.bytes),
    isRead ? number.format(capture.samples) : '',
    isRead ? number.format(capture.rows) : '',
    isRead ? number.format(capture.rejects) : '',
    capture.note ?? '',
  ];
  for (const [i, text] of texts.entries()) write(row, i, text);
  const mark = row.children[1];
  if (mark) mark.className = `capture-state ${capture.state}`;
}

/** @param {{id: string}} capture */
function newRow(capture) {
  const rows = document.querySelector('#capture-rows');
  if (rows === null) return null;
  document.querySelector('#captures')?.removeAttribute('hidden');
  const row = document.createElement('tr');
  row.setAttribute('data-id', capture.id);
  const head = document.createElement('th');
  head.scope = 'row';
  head.className = 'file';
  row.append(head);
  for (const name of ['capture-state', '', 'n', 'n', 'n rows', 'n', 'note']) {
    const made = document.createElement('td');
    made.className = name;
    row.append(made);
  }
  rows.prepend(row);
  return row;
}

/** @param {number} value */
function bytes(value) {
  const power = Math.min(Math.floor(Math.log2(Math.max(value, 1)) / 10), 4);
  return `${number.format(Number((value / 1024 ** power).toPrecision(3)))} ${units[power]}`;
}
