const LABEL_MARGIN = 7;

/**
 * Places every label of the plots again for the shown span and the real width of its text: inside its bar, beside it,
 * or its strong part only; a bar that is cut at the left keeps its label.
 */
function placeLabels() {
  for (const label of elements('.plot text.label')) {
    if (getComputedStyle(label).display !== 'none') placeLabel(label);
  }
}

/** @param {HTMLElement} label */
function placeLabel(label) {
  const from = share(Number(label.dataset['from']));
  const to = share(Number(label.dataset['to']));
  label.toggleAttribute('hidden', to < 0 || from > 100);
  const width = label.parentElement?.getBoundingClientRect().width ?? 0;
  const start = Math.max(0, from);
  const end = Math.min(100, Math.max(to, 0));
  const room = {
    inside: ((end - start) / 100) * width,
    right: ((100 - end) / 100) * width,
    left: (start / 100) * width,
  };
  const strong = label.dataset['strong'] ?? '';
  const text = label.dataset['text'] ?? '';
  for (const said of strong === '' || text === '' ? [text] : [text, '']) {
    fill(label, strong, said);
    const needed =
      /** @type {SVGTextElement} */ (/** @type {unknown} */ (label)).getComputedTextLength() + LABEL_MARGIN * 2;
    if (needed <= room.inside) return put(label, start, 'start', true);
    if (needed <= room.right) return put(label, end, 'start', false);
    if (needed <= room.left) return put(label, start, 'end', false);
  }
  if (room.right >= room.left) put(label, end, 'start', false);
  else put(label, start, 'end', false);
}

/**
 * @param {HTMLElement} label
 * @param {string} strong
 * @param {string} text
 */
function fill(label, strong, text) {
  const spans = [];
  if (strong !== '') {
    const span = document.createElementNS(SVG, 'tspan');
    span.setAttribute('class', 'strong');
    span.textContent = strong;
    spans.push(span);
  }
  if (text !== '') {
    const span = document.createElementNS(SVG, 'tspan');
    span.setAttribute('dx', strong === '' ? '0' : String(LABEL_MARGIN));
    span.textContent = text;
    spans.push(span);
  }
  label.replaceChildren(...spans);
}

/**
 * @param {HTMLElement} label
 * @param {number} x
 * @param {string} anchor
 * @param {boolean} inside
 */
function put(label, x, anchor, inside) {
  label.setAttribute('x', percentage(x));
  label.setAttribute('dx', String(anchor === 'start' ? LABEL_MARGIN : -LABEL_MARGIN));
  label.setAttribute('text-anchor', anchor);
  label.classList.toggle('inside', inside);
}
