import { copyText } from './copy.js';
import { readHash, scrollToAnchor, writeHash } from './hash.js';
import { followHosts, showHost } from './hosts.js';
import { followKeys, goTo } from './keyboard.js';
import { followFrame } from './overview.js';
import { followPointer } from './pointer.js';
import { data, element, elements, view } from './state.js';
import { show } from './zoom.js';

document.documentElement.classList.add('live');

for (const over of elements('.over')) {
  followPointer(over);
  followKeys(over);
}
for (const plot of elements('.row.overview > .plot')) followFrame(plot);
for (const label of elements('.row.axis .name')) label.dataset['rest'] = label.textContent ?? '';
for (const link of elements('a.moment')) {
  link.addEventListener('click', () => goTo(Number(link.dataset['at'])));
}
for (const button of elements('button.copy')) {
  button.addEventListener('click', () =>
    copyText(button, button.parentElement?.querySelector('pre')?.textContent ?? ''),
  );
}
element('#copy-markdown').addEventListener('click', (event) => {
  copyText(/** @type {HTMLElement} */ (event.currentTarget), JSON.parse(element('#markdown').textContent ?? '""'));
});
element('#show-all').addEventListener('click', () => {
  view.from = data.from;
  view.to = data.to;
  showHost('');
});
addEventListener('resize', () => show(view.from, view.to));
addEventListener('beforeprint', printAll);
// A link within the page names a part only: the view stays, and is written behind it.
addEventListener('hashchange', () => (readHash().isEmpty ? writeHash() : showAddress()));
followHosts();
showAddress();

/** Shows what the address says, or what the page opens with. */
function showAddress() {
  const { span, host } = readHash();
  Object.assign(view, span ?? data.open);
  showHost(host);
  scrollToAnchor();
}

/** Paper has all of the page; the screen has its view back afterwards. */
function printAll() {
  const { from, to, host } = view;
  const giveBack = () => {
    Object.assign(view, { from, to });
    showHost(host);
  };
  addEventListener('afterprint', giveBack, { once: true });
  Object.assign(view, { from: data.from, to: data.to });
  showHost('');
}
