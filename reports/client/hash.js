import { data, view } from './state.js';

const NAMES = ['from', 'to', 'host'];

/** What the address says of the view; null where it says nothing. */
export function readHash() {
  /** @type {Map<string, string>} */
  const parts = new Map();
  for (const part of location.hash.slice(1).split('&')) {
    const [name, value] = part.split('=');
    if (name !== undefined && value !== undefined && NAMES.includes(name)) parts.set(name, decoded(value));
  }
  const from = Date.parse(parts.get('from') ?? '');
  const to = Date.parse(parts.get('to') ?? '');
  return { isEmpty: parts.size === 0, span: from < to ? { from, to } : null, host: parts.get('host') ?? '' };
}

/** Keeps the view in the address, after the part of the page that it names, so that a link shows the same. */
export function writeHash() {
  const anchor = location.hash
    .slice(1)
    .split('&')
    .filter((part) => part !== '' && !NAMES.includes(part.split('=')[0] ?? ''));
  const opened = Math.abs(view.from - data.open.from) < 1 && Math.abs(view.to - data.open.to) < 1;
  const said = [
    ...(opened ? [] : [`from=${instant(view.from)}`, `to=${instant(view.to)}`]),
    ...(view.host === '' ? [] : [`host=${encodeURIComponent(view.host)}`]),
  ];
  const wanted = [...anchor, ...said].join('&');
  if (wanted !== location.hash.slice(1)) history.replaceState(null, '', `#${wanted}`);
}

/** Scrolls to the part that the address names beside the view: a browser looks for the whole of it. */
export function scrollToAnchor() {
  const [anchor = ''] = location.hash.slice(1).split('&');
  if (location.hash.includes('&')) document.getElementById(decoded(anchor))?.scrollIntoView();
}

/** @param {number} at */
function instant(at) {
  return new Date(Math.round(at)).toISOString();
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
