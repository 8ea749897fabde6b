import type { VNode } from 'preact';
import type { KeyNumber, Postmortem, Verdict } from '../../analysis/document.ts';
import { duration } from '../../base/quantity.ts';
import { hostClocks } from '../text/host-clock.ts';
import { day, epochMs, offset, timeSpan } from '../text/time.ts';
import type { Measures } from '../timeline/measures.ts';
import type { Cards } from './cards.ts';
import { type Content, el } from './element.ts';
import { sentenceCase, severityMark } from './marks.ts';

/** The bar above the page: what this is, of which hosts, and where its parts are. */
export function topBar(document: Postmortem, sections: readonly (readonly [id: string, title: string])[]): VNode {
  const hosts = document.hosts
    .map((host) => el('b', null, host.name))
    .flatMap((host, i) => (i === 0 ? [host] : [', ', host]));
  const kernel = document.hosts.length === 1 ? document.hosts[0]!.kernel : null;
  return el('header', { class: 'top' }, [
    el('span', null, [el('b', null, 'lastack'), ' postmortem']),
    el('span', null, [
      document.hosts.length > 1 ? 'hosts ' : 'host ',
      ...hosts,
      kernel === null ? '' : `, kernel ${kernel}`,
    ]),
    el('span', null, `${day(document.recorded.start)}, times in UTC${clockNote(document)}`),
    el(
      'nav',
      { 'aria-label': 'Sections' },
      sections.map(([id, title]) => el('a', { href: `#${id}` }, title)),
    ),
  ]);
}

/** The first screen: what happened, how bad, when, how sure, what to do first, and what followed. */
export function head(document: Postmortem, cards: Cards, measures: Measures): VNode {
  const { verdict } = document;
  return el('section', { 'aria-labelledby': 'verdict', class: `head ${verdict.severity}` }, [
    el('h1', { id: 'verdict' }, unbroken(verdict.sentence.replace(/\.$/, ''))),
    verdict.explanation !== '' && el('p', { class: 'lede' }, unbroken(verdict.explanation)),
    el('dl', { class: 'facts' }, facts(document)),
    verdict.numbers.length > 0 &&
      el(
        'ul',
        { class: 'numbers' },
        verdict.numbers.map((number) => keyNumber(number, measures)),
      ),
    verdict.doFirst !== null &&
      el('p', { class: 'first' }, [
        el('b', null, 'Do first: '),
        unbroken(verdict.doFirst),
        verdict.rootCause !== null && [
          ' ',
          el('a', { href: cards.link(verdict.rootCause, verdict.host) }, 'Evidence and commands'),
        ],
      ]),
    story(verdict, cards),
  ]);
}

/** What the clock of a host that does not show UTC showed. */
export function clockNote(document: Postmortem): string {
  const clocks = hostClocks(document);
  if (clocks.length === 0) return '';
  if (document.hosts.length === 1) return `; the host’s clock showed ${clocks[0]!.name}`;
  const names = [...new Set(clocks.map(({ name }) => name))];
  const showed = names.map((name) => {
    const hosts = clocks.filter((clock) => clock.name === name).map(({ host }) => host);
    return `that of ${hosts.join(', ')} showed ${name}`;
  });
  return `; ${showed.join(', ')}`;
}

function keyNumber(number: KeyNumber, measures: Measures): VNode {
  const { label, value, usual } = number;
  const claim = { ...number, ...parsed(value), ...(usual === null ? {} : { baseline: parsed(usual).value }) };
  return el('li', { 'data-host': number.host }, [
    el('span', { class: 'number' }, bigNumber(value)),
    el('span', { class: 'label' }, label),
    usual !== null && el('span', { class: 'usual' }, /usual/.test(usual) ? usual : `usual ${usual}`),
    el('span', { class: 'shown', 'data-measure': measures.indexOf(claim) }, ''),
  ]);
}

/** The number and the unit of a text such as `1,235 lines`. */
function parsed(text: string): { readonly value: number; readonly unit: string } {
  const parts = /^([\d.,-]+) ?(.*)$/.exec(text);
  return { value: Number(parts?.[1]?.replaceAll(',', '') ?? 0), unit: (parts?.[2] ?? '').replace(/^per /, '/') };
}

/** What followed, what it was not, and what limits the verdict: three short lists side by side. */
function story({ course, ruledOut, limits, rootCause }: Verdict, cards: Cards): VNode | false {
  const what = rootCause === null ? 'What was seen next' : 'What followed';
  const parts = [
    course.length > 0 &&
      el('div', null, [
        el('h2', { class: 'minor' }, what),
        el(
          'ol',
          { class: 'followed' },
          course.map((step) =>
            el('li', { 'data-host': step.host }, [
              el('b', null, step.lagS < 0.5 && step.lagS > -0.5 ? '0 s' : offset(step.lagS)),
              el('a', { href: cards.link(step.finding, step.host) }, unbroken(step.text)),
            ]),
          ),
        ),
      ]),
    ruledOut.length > 0 &&
      el('div', null, [
        el('h2', { class: 'minor' }, 'What it was not'),
        el(
          'ul',
          { class: 'ruled' },
          ruledOut.map(({ id, because }) => el('li', null, [el('b', null, `${id}. `), unbroken(because)])),
        ),
      ]),
    limits.length > 0 &&
      el('div', null, [
        el('h2', { class: 'minor' }, 'What limits this'),
        el(
          'ul',
          { class: 'ruled' },
          limits.map((text) => el('li', null, unbroken(text))),
        ),
      ]),
  ].filter((part) => part !== false);
  return parts.length > 0 && el('div', { class: 'columns story' }, parts);
}

function facts(document: Postmortem): readonly VNode[] {
  const { window, recorded, verdict } = document;
  const length = (start: string, end: string): string => duration((epochMs(end) - epochMs(start)) / 1000);
  const clocks = hostClocks(document);
  const local = clocks.find(({ host }) => host === (verdict.host ?? document.hosts[0]?.name));
  const rows: (readonly [string, Content, string])[] = [['Severity', severityMark(verdict.severity), '']];
  if (window !== null) {
    const cut = [
      local !== undefined && `${local.span(window.start, window.end)} ${local.short}`,
      window.beginsBeforeRecording && 'began before the recording',
      window.endsAfterRecording && 'still going on at its end',
    ].filter((text) => text !== false);
    rows.push(['Window', timeSpan(window.start, window.end), [length(window.start, window.end), ...cut].join('; ')]);
  }
  rows.push(['Recorded', timeSpan(recorded.start, recorded.end), length(recorded.start, recorded.end)]);
  rows.push([
    document.hosts.length > 1 && verdict.host === null ? 'Hosts' : 'Host',
    verdict.host ?? document.hosts.map((host) => host.name).join(', '),
    samples(document),
  ]);
  rows.push([
    verdict.rootCause === null ? 'Confidence' : 'Confidence in the cause',
    sentenceCase(verdict.confidence),
    '',
  ]);
  return rows.map(([name, value, note]) =>
    el('div', null, [el('dt', null, name), el('dd', null, [value, note !== '' && [' ', el('small', null, note)]])]),
  );
}

function samples(document: Postmortem): string {
  const { host } = document.verdict;
  const runs = host === null ? document.runs : document.runs.filter((run) => run.host === host);
  const captures = runs.reduce((sum, run) => sum + run.captures, 0);
  const interval = runs.find((run) => run.intervalS !== null)?.intervalS;
  const more = host === null ? 0 : document.hosts.length - 1;
  return [
    `${captures} samples${interval === undefined || interval === null ? '' : `, every ${duration(interval)}`}`,
    ...(more === 0 ? [] : [`${more} more ${more === 1 ? 'host' : 'hosts'} recorded`]),
  ].join('; ');
}

/** The unit of `2.8 per s` is set smaller than its number. */
function bigNumber(value: string): Content {
  const parts = /^([\d.,→ –-]*\d) ([a-zµ%][^\d]{0,12})$/iu.exec(value);
  return parts === null ? value : [parts[1], ' ', el('small', null, parts[2])];
}

/** Keeps a number and its unit on one line. */
function unbroken(text: string): string {
  return text.replace(/(\d) (?=(?:s|ms|µs|min|h|%|seconds|minutes)(?!\w))/g, '$1\u00a0');
}
