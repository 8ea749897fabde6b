import { copyText } from './copy.js';
import { followHosts, showAllHosts } from './hosts.js';
import { followKeys, goTo } from './keyboard.js';
import { followFrame } from './overview.js';
import { followPointer } from './pointer.js';
import { data, element, elements, view } from './state.js';
import { show, showAll } from './zoom.js';

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
  showAllHosts();
  showAll();
});
addEventListener('resize', () => show(view.from, view.to));
addEventListener('beforeprint', () => {
  showAllHosts();
  showAll();
});
show(data.open.from, data.open.to);
followHosts();
