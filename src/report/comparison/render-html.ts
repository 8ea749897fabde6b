import { renderToString } from 'preact-render-to-string';
import type { ComparedSide, Comparison } from '../../analysis/comparison-document.ts';
import { clientScript, contentSecurityPolicy, styleSheet } from '../page/assets.ts';
import { el } from '../page/element.ts';
import { trusted } from '../page/raw.ts';
import { safeCopy } from '../text/safe-copy.ts';
import { stamp } from '../text/time.ts';
import { drawMetrics } from './charts.ts';
import { allMetrics, primaryMetrics } from './metric-parts.ts';
import {
  comparabilitySection,
  findingsSection,
  hypothesesSection,
  methodSection,
  runsSection,
  settingsSection,
  talkersSection,
} from './sections.ts';

const SECTIONS: readonly (readonly [id: string, title: string])[] = [
  ['comparability', 'Comparable?'],
  ['hypotheses', 'Expected'],
  ['primary', 'Primary metrics'],
  ['findings', 'Findings'],
  ['settings', 'Settings'],
  ['metrics', 'All metrics'],
  ['method', 'Method'],
];

/**
 * The comparison as one HTML file that needs no network and, to be read, no scripts. Same document, same bytes.
 * Text of the document is escaped, and invisible characters in it are written out.
 */
export async function renderComparisonHtml(original: Comparison): Promise<string> {
  const document = safeCopy(original);
  const style = styleSheet(['comparison']);
  const script = clientScript(['compare']);
  const { verdict, before, after, method } = document;
  const primary = document.metrics.filter((metric) => metric.primary);
  const drawings = await drawMetrics(primary);
  const page = el('html', { lang: 'en' }, [
    el('head', null, [
      el('meta', { charset: 'utf-8' }),
      el('meta', { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy(style, script) }),
      el('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      el('meta', { name: 'color-scheme', content: 'light dark' }),
      el('meta', { name: 'generator', content: `lastack ${method.lastack}` }),
      el('title', null, `${before.label} against ${after.label}: ${verdict.sentence}`),
      trusted('style', style),
    ]),
    el('body', null, [
      el('a', { class: 'skip', href: '#main' }, 'Skip to the verdict'),
      el('div', { class: 'page' }, [
        el('header', { class: 'top' }, [
          el('span', null, [el('b', null, 'lastack comparison'), ` ${before.label} against ${after.label}`]),
          el(
            'nav',
            { 'aria-label': 'Sections' },
            SECTIONS.map(([id, title]) => el('a', { href: `#${id}` }, title)),
          ),
        ]),
        el('main', { id: 'main' }, [
          el('h1', null, verdict.sentence),
          el('dl', { class: 'sides' }, [side('Before', before), side('After', after)]),
          el(
            'ul',
            { class: 'remark-list' },
            verdict.remarks.map((remark) => el('li', null, remark)),
          ),
          comparabilitySection(document),
          hypothesesSection(document),
          el('section', { id: 'primary', 'aria-labelledby': 'h-primary' }, [
            el('h2', { id: 'h-primary' }, 'Primary metrics'),
            el(
              'p',
              { class: 'sub' },
              primary.length === 0 ? 'None was recorded on both sides.' : 'Each judged alone. Both sides on one scale.',
            ),
            ...primaryMetrics(primary, drawings),
          ]),
          findingsSection(document),
          settingsSection(document),
          talkersSection(document),
          runsSection(document),
          allMetrics(document.metrics),
          methodSection(document),
        ]),
        el('footer', null, el('span', null, `Made by lastack ${method.lastack}. Times are UTC.`)),
      ]),
      trusted('script', script),
    ]),
  ]);
  return `<!doctype html>\n${renderToString(page)}\n`;
}

function side(title: string, { label, hosts, start, end, samples, intervalS }: ComparedSide) {
  return el('div', null, [
    el('dt', null, title),
    el(
      'dd',
      null,
      `${label} on ${hosts.join(', ')}: ${stamp(start)} to ${stamp(end)} UTC, ${samples} samples${intervalS === null ? '' : `, ${Number(intervalS.toFixed(1))} s apart`}`,
    ),
  ]);
}
