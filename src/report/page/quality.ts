import type { VNode } from 'preact';
import type { Coverage, Postmortem } from '../../analysis/document.ts';
import { bytes, number } from '../text/quantity.ts';
import { duration, epochMs, timeSpan } from '../text/time.ts';
import { type Content, el } from './element.ts';

/** Statuses in the order of their columns. */
const STATUSES = ['collected', 'empty', 'truncated', 'failed', 'absent', 'skipped'];
const BAD: ReadonlySet<string> = new Set(['truncated', 'failed', 'absent']);

/** What was read, what was not, and what is missing: how far the page can be trusted. */
export function qualitySection(document: Postmortem): VNode {
  const { quality } = document;
  return el('section', { id: 'quality', 'aria-labelledby': 'h-quality' }, [
    el('h2', { id: 'h-quality' }, 'Data quality'),
    el('p', { class: 'sub' }, accounting(document)),
    document.coverage.length > 0 && coverageTable(document),
    el('div', { class: 'columns' }, [
      el('div', null, [el('h4', null, 'Gaps in the sampling'), gaps(document)]),
      quality.notes.length > 0 && el('div', null, [el('h4', null, 'Notes'), list(quality.notes)]),
    ]),
    quality.rejectExamples.length > 0 && rejects(document),
  ]);
}

function accounting({ quality }: Postmortem): string {
  const told = quality.lines - quality.known - quality.rejects;
  const read = `${number(quality.lines)} lines were read: ${number(told)} gave ${number(quality.rows)} rows, ${number(quality.known)} carry none by nature (headers, blanks), `;
  return `${read}${quality.rejects === 0 ? 'and none was refused.' : `and ${number(quality.rejects)} could not be read.`}`;
}

function coverageTable(document: Postmortem): VNode {
  const used = STATUSES.filter((status) => document.coverage.some((one) => (one.samples[status] ?? 0) > 0));
  const severalHosts = document.hosts.length > 1;
  const head = (title: string, numeric: boolean): VNode =>
    el('th', { scope: 'col', class: numeric ? 'n' : undefined }, title);
  return el('div', { class: 'scroll' }, [
    el('table', { class: 'coverage stacked' }, [
      el('caption', null, 'Coverage, by source and status of its samples'),
      el('thead', null, [
        el('tr', null, [
          head('Source', false),
          severalHosts && head('Host', false),
          ...used.map((status) => head(status, true)),
          ...['lines', 'rows', 'rejects', 'size'].map((title) => head(title, true)),
          head('Note', false),
        ]),
      ]),
      el(
        'tbody',
        null,
        document.coverage.map((one) => coverageRow(one, used, severalHosts)),
      ),
    ]),
  ]);
}

function coverageRow(one: Coverage, used: readonly string[], severalHosts: boolean): VNode {
  const cell = (label: string, value: number, bad: boolean, text = number(value)): VNode =>
    el('td', { class: `n${value === 0 ? ' nought' : bad ? ' bad' : ''}`, 'data-label': label }, text);
  return el('tr', null, [
    el('th', { scope: 'row' }, one.source),
    severalHosts && el('td', { 'data-label': 'host' }, one.host),
    ...used.map((status) => cell(status, one.samples[status] ?? 0, BAD.has(status))),
    cell('lines', one.lines, false),
    cell('rows', one.rows, false),
    cell('rejects', one.rejects, true),
    cell('size', one.bytes, false, bytes(one.bytes)),
    el('td', null, one.note),
  ]);
}

function gaps({ quality, runs }: Postmortem): Content {
  if (quality.gaps.length === 0) {
    const interval = runs.find((run) => run.intervalS !== null)?.intervalS;
    return el('p', { class: 'small' }, interval ? `None: a sample every ${duration(interval)} throughout.` : 'None.');
  }
  return list(
    quality.gaps.map(
      ({ host, start, end }) =>
        `${timeSpan(start, end)} on ${host}: no sample for ${duration((epochMs(end) - epochMs(start)) / 1000)}`,
    ),
  );
}

function list(items: readonly string[]): VNode {
  return el(
    'ul',
    { class: 'ruled' },
    items.map((item) => el('li', null, item)),
  );
}

function rejects({ quality }: Postmortem): VNode {
  const shown = quality.rejectExamples.length;
  const title = `Lines that could not be read${shown < quality.rejects ? ` (${shown} of ${number(quality.rejects)})` : ''}`;
  return el('details', { open: shown <= 3 }, [
    el('summary', null, title),
    ...quality.rejectExamples.flatMap(({ source, capture, member, line, reason, excerpt }) => [
      el('p', { class: 'place' }, `${source}: ${reason}. ${capture} ${member}:${line}`),
      el('pre', { class: 'raw' }, excerpt),
    ]),
  ]);
}
