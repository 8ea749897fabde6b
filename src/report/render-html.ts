import { renderToString } from 'preact-render-to-string';
import type { Postmortem } from '../analysis/document.ts';
import { clientScript, contentSecurityPolicy, styleSheet } from './page/assets.ts';
import { Cards } from './page/cards.ts';
import { el } from './page/element.ts';
import { drawEvidence } from './page/evidence-charts.ts';
import { findingsSection } from './page/findings.ts';
import { head, topBar } from './page/head.ts';
import { methodSection } from './page/method.ts';
import { notesSection } from './page/notes.ts';
import { qualitySection } from './page/quality.ts';
import { dataBlock, trusted } from './page/raw.ts';
import { settingsSection } from './page/settings.ts';
import { timelineSection } from './page/timeline-section.ts';
import { uncheckedSection } from './page/unchecked.ts';
import { whoGroups, whoSection } from './page/who.ts';
import { renderMarkdown } from './render-markdown.ts';
import { safeCopy } from './text/safe-copy.ts';
import { day } from './text/time.ts';
import { clientData } from './timeline/client-data.ts';
import { drawLanes, recordedSpan } from './timeline/lanes.ts';
import { Measures } from './timeline/measures.ts';

const SECTIONS: readonly (readonly [id: string, title: string])[] = [
  ['timeline', 'Timeline'],
  ['who', 'Who'],
  ['findings', 'Findings'],
  ['unchecked', 'Not checked'],
  ['notes', 'Notes'],
  ['settings', 'Settings'],
  ['quality', 'Data quality'],
  ['method', 'Method'],
];

/**
 * The postmortem as one HTML file that needs no network and, to be read, no scripts. Same document, same bytes.
 * Text of the document is escaped, and invisible characters in it are written out.
 */
export async function renderHtml(original: Postmortem): Promise<string> {
  const document = safeCopy(original);
  const span = recordedSpan(document);
  const hosts = await drawLanes(document);
  const charts = await drawEvidence(document, span);
  const cards = new Cards(document);
  const measures = new Measures(document.series);
  const style = styleSheet();
  const script = clientScript();
  const title = `${document.verdict.sentence} (${document.hosts.map((host) => host.name).join(', ')}, ${day(document.recorded.start)})`;
  const page = el('html', { lang: 'en' }, [
    el('head', null, [
      el('meta', { charset: 'utf-8' }),
      el('meta', { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy(style, script) }),
      el('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      el('meta', { name: 'color-scheme', content: 'light dark' }),
      el('meta', { name: 'generator', content: `lastack ${document.method.lastack}` }),
      el('title', null, title),
      trusted('style', style),
    ]),
    el('body', null, [
      el('a', { class: 'skip', href: '#main' }, 'Skip to the verdict'),
      trusted('svg', HATCH, { class: 'patterns', width: '0', height: '0', 'aria-hidden': 'true' }),
      el('div', { class: 'page' }, [
        topBar(
          document,
          SECTIONS.filter(([id]) => id !== 'notes' || document.notes.length > 0),
        ),
        el('main', { id: 'main' }, [
          head(document, cards, measures),
          timelineSection(document, cards, hosts, span),
          whoSection(document),
          findingsSection(document, cards, charts, measures),
          uncheckedSection(document),
          notesSection(document, cards),
          settingsSection(document),
          qualitySection(document, measures),
          methodSection(document),
        ]),
        el('footer', null, [
          el('span', null, `Made by lastack ${document.method.lastack}. Times are UTC.`),
          el('button', { type: 'button', class: 'scripted', id: 'copy-markdown' }, 'Copy as Markdown'),
        ]),
      ]),
      dataBlock('timeline-data', clientData(document, hosts, span, measures.all, whoGroups(document))),
      dataBlock('markdown', renderMarkdown(original)),
      trusted('script', script),
    ]),
  ]);
  return `<!doctype html>\n${renderToString(page)}\n`;
}

const HATCH =
  '<defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="7" height="7"/><line class="hatch-line" x1="0" x2="0" y1="0" y2="7"/></pattern></defs>';
