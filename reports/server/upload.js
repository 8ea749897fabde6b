// Drag and drop, folders, and a line of progress for each file that is sent.

import { dropped, picked, toSend } from './picked.js';
import { send } from './resumable.js';

const AT_ONCE = 3;
const form = document.querySelector('#upload-form');
const slug = document.querySelector('#state')?.getAttribute('data-slug');
if (form instanceof HTMLFormElement && slug) enhance(form, slug);

/**
 * @param {HTMLFormElement} form
 * @param {string} slug
 */
function enhance(form, slug) {
  const list = element('ul', 'uploads ruled');
  const zone = element('div', 'drop');
  const folder = Object.assign(document.createElement('input'), {
    type: 'file',
    webkitdirectory: true,
    multiple: true,
  });
  folder.setAttribute('aria-label', 'Folder');
  folder.hidden = true;
  const choose = Object.assign(document.createElement('button'), { type: 'button', textContent: 'Choose a folder' });
  choose.addEventListener('click', () => folder.click());
  zone.append('Drop files and folders here, or anywhere on the page. ', choose, folder);
  form.before(zone);
  form.after(list);
  /** @type {(() => Promise<void>)[]} */
  const waiting = [];
  let going = 0;
  const next = () => {
    document.documentElement.toggleAttribute('data-uploading', going > 0 || waiting.length > 0);
    while (going < AT_ONCE) {
      const task = waiting.shift();
      if (!task) return;
      going++;
      void task().finally(() => {
        going--;
        next();
      });
    }
  };
  /** @param {readonly import('./picked.js').Found[]} found */
  const add = (found) => {
    const run = new FormData(form).get('run');
    for (const file of toSend(found)) waiting.push(task(list, slug, file, typeof run === 'string' ? run.trim() : ''));
    next();
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const input = form.querySelector('input[type="file"]');
    if (!(input instanceof HTMLInputElement) || !input.files) return;
    add(picked(input.files));
    input.value = '';
  });
  folder.addEventListener('change', () => {
    add(picked(folder.files ?? []));
    folder.value = '';
  });
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    zone.classList.add('over');
  });
  document.addEventListener('dragleave', () => zone.classList.remove('over'));
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    zone.classList.remove('over');
    if (event.dataTransfer) void dropped(event.dataTransfer).then(add);
  });
}

/**
 * @param {Element} list
 * @param {string} slug
 * @param {File} file
 * @param {string} run
 */
function task(list, slug, file, run) {
  const line = element('li', 'upload');
  const name = element('span', 'file');
  name.textContent = file.name;
  const bar = Object.assign(document.createElement('progress'), { max: file.size, value: 0 });
  bar.setAttribute('aria-label', `Sent of ${file.name}`);
  const word = element('span', 'small');
  word.textContent = 'waits';
  const stop = Object.assign(document.createElement('button'), { type: 'button', textContent: 'Stop' });
  stop.setAttribute('aria-label', `Stop sending ${file.name}`);
  const abort = new AbortController();
  stop.addEventListener('click', () => abort.abort());
  line.append(name, bar, word, stop);
  list.append(line);
  return async () => {
    try {
      if (abort.signal.aborted) throw new Error('stopped');
      const { isKnown } = await send(slug, file, run, (sent) => show(bar, word, sent, file.size), abort.signal);
      word.textContent = isKnown ? 'the case has this file already' : 'kept';
      bar.value = file.size;
      if (!isKnown) line.remove();
    } catch (error) {
      word.className = 'small failed';
      word.textContent = abort.signal.aborted
        ? 'stopped'
        : `not sent: ${error instanceof Error ? error.message : String(error)}`;
    } finally {
      stop.remove();
    }
  };
}

/**
 * @param {HTMLProgressElement} bar
 * @param {Element} word
 * @param {number} sent
 * @param {number} size
 */
function show(bar, word, sent, size) {
  bar.value = sent;
  word.textContent = `${Math.floor((sent / size) * 100)} %`;
}

/**
 * @param {string} tag
 * @param {string} name
 */
function element(tag, name) {
  const made = document.createElement(tag);
  made.className = name;
  return made;
}
