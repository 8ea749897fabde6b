import type { VNode } from 'preact';
import type { Severity } from '../../analysis/document.ts';
import { epochMs } from '../text/time.ts';
import { type Attributes, type Content, el } from './element.ts';

const SHAPES: Readonly<Record<Severity | 'none', VNode>> = {
  critical: el('path', { d: 'M6 .8 11.6 11H.4Z' }),
  warning: el('path', { d: 'M6 .4 11.6 6 6 11.6.4 6Z' }),
  info: el('circle', { cx: 6, cy: 6, r: 4.4, class: 'ring' }),
  none: el('path', { d: 'M1.2 6.4 4.6 9.8 10.9 2.6', class: 'ring' }),
};
const WORDS: Readonly<Record<Severity | 'none', string>> = {
  critical: 'Critical',
  warning: 'Warning',
  info: 'Info',
  none: 'Nothing found',
};

/** Severity as shape, word and colour. */
export function severityMark(severity: Severity | 'none'): VNode {
  return el('span', { class: `severity ${severity}` }, [
    el('svg', { viewBox: '0 0 12 12', 'aria-hidden': 'true' }, SHAPES[severity]),
    WORDS[severity],
  ]);
}

/** A time that moves the crosshair of the timeline there when scripts run. */
export function moment(at: string, text: Content): VNode {
  return el('a', { href: '#timeline', class: 'moment', 'data-at': epochMs(at) }, text);
}

/** A block of text to copy, with a button that appears when scripts run. */
export function copyable(text: string): VNode {
  return el('div', { class: 'copyable' }, [
    el('pre', null, el('code', null, text)),
    el('button', { type: 'button', class: 'copy scripted' }, 'Copy'),
  ]);
}

/** A short list with a line between its items. */
export function bullets(items: readonly Content[]): VNode {
  return el(
    'ul',
    { class: 'ruled' },
    items.map((item) => el('li', null, item)),
  );
}

/** When something was: whether it lies outside of the time shown. */
export function timed(from: string, to: string): Attributes {
  return { class: 'timed', 'data-from': epochMs(from), 'data-to': epochMs(to) };
}

/** What is said of one host: not shown while another one is chosen. */
export function ofHost(host: string, content: Content, time: Attributes = {}): VNode {
  return el('span', { 'data-host': host, ...time }, content);
}

/** Said of what lies outside of the time shown. */
export const AWAY: VNode = el('span', { class: 'away' }, 'outside of the time shown');

/** First letter in upper case. */
export function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
