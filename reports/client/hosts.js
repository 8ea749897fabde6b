import { element, elements, view } from './state.js';
import { show } from './zoom.js';

/** The switch between all hosts and one of them; without several hosts there is none. */
export function followHosts() {
  for (const choice of elements('[name="host"]')) choice.addEventListener('change', applyHost);
  applyHost();
}

/** Shows all hosts again. */
export function showAllHosts() {
  for (const choice of elements('[name="host"][value=""]')) {
    /** @type {HTMLInputElement} */ (choice).checked = true;
    applyHost();
  }
}

function applyHost() {
  const [choice] = elements('[name="host"]:checked');
  if (choice === undefined) return;
  const host = /** @type {HTMLInputElement} */ (choice).value;
  element('#shown-host').textContent = host === '' ? '' : `Only ${host}`;
  for (const part of elements('[data-host]')) part.hidden = host !== '' && part.dataset['host'] !== host;
  show(view.from, view.to);
}
