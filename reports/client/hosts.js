import { element, elements, view } from './state.js';
import { show } from './zoom.js';

/** The switch between all hosts and one of them; without several hosts there is none. */
export function followHosts() {
  for (const choice of choices()) choice.addEventListener('change', () => showHost(choice.value));
}

/**
 * Shows one host; all where the name is empty or none of them.
 * @param {string} name
 */
export function showHost(name) {
  const known = choices().some((choice) => choice.value === name);
  view.host = known ? name : '';
  for (const choice of choices()) choice.checked = choice.value === view.host;
  element('#shown-host').textContent = view.host === '' ? '' : `Only ${view.host}`;
  for (const part of elements('[data-host]')) part.hidden = view.host !== '' && part.dataset['host'] !== view.host;
  show(view.from, view.to);
}

function choices() {
  return /** @type {HTMLInputElement[]} */ (elements('[name="host"]'));
}
