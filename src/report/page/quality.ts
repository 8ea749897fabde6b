import type { VNode } from 'preact';
import type { Postmortem } from '../../analysis/document.ts';
import { duration, number, understood } from '../../base/quantity.ts';
import { epochMs, timeSpan } from '../text/time.ts';
import type { Measures } from '../timeline/measures.ts';
import { collectorCost } from './collector-cost.ts';
import { coverageTable } from './coverage-table.ts';
import { type Content, el } from './element.ts';
import { AWAY, bullets, ofHost, timed } from './marks.ts';
import { rejectReasons } from './rejects.ts';

const MOST_NOTES = 20;

/** What was read, what was not, and what is missing: how far the page can be trusted. */
export function qualitySection(document: Postmortem, measures: Measures): VNode {
  const { quality } = document;
  return el('section', { id: 'quality', 'aria-labelledby': 'h-quality' }, [
    el('h2', { id: 'h-quality' }, 'Data quality'),
    el('p', { class: 'sub' }, [
      accounting(document),
      document.hosts.map(({ name }) => shownSamples(name, document, measures)),
    ]),
    ...(document.coverage.length > 0 ? coverageTable(document) : []),
    quality.rejectReasons.length > 0 && rejectReasons(document),
    el('div', { class: 'columns' }, [
      el('div', null, [el('h3', { class: 'minor' }, 'Gaps in the sampling'), gaps(document)]),
      quality.notes.length > 0 && el('div', null, [el('h3', { class: 'minor' }, 'Notes'), bullets(quality.notes)]),
      ...collectorCost(document),
    ]),
    quality.importNotes.length > 0 &&
      el('div', null, [
        el('h3', { class: 'minor' }, 'What the import left out or could not read'),
        bullets(importNotes(document)),
      ]),
  ]);
}

/** How many samples of a host lie in the time shown. */
function shownSamples(host: string, { hosts }: Postmortem, measures: Measures): VNode {
  return el(
    'small',
    {
      class: 'shown',
      'data-host': host,
      'data-named': hosts.length > 1 ? host : undefined,
      'data-measure': measures.samplesOf(host),
    },
    '',
  );
}

/** One sentence a kind of note of the import; of very many, the number. */
export function importNotes({ quality }: Postmortem): readonly string[] {
  const told = quality.importNotes.slice(0, MOST_NOTES).map(({ note, files, first }) => {
    return files === 1 ? `${first}: ${note}` : `${first} and ${number(files - 1)} more: ${note}`;
  });
  const left = quality.importNotes.length - told.length;
  return left === 0 ? told : [...told, `and ${number(left)} more notes, in the table import_note`];
}

function accounting({ quality }: Postmortem): string {
  const { lines, rows, known, rejects } = quality;
  const read = `${number(lines)} lines were read: ${number(lines - known - rejects)} gave ${number(rows)} rows, ${number(known)} carry none by nature (headers, blanks), `;
  return rejects === 0
    ? `${read}and none was refused.`
    : `${read}and ${number(rejects)} could not be read: ${understood(lines, rejects)} understood.`;
}

function gaps({ quality, runs }: Postmortem): Content {
  if (quality.gaps.length === 0) {
    const interval = runs.find((run) => run.intervalS !== null)?.intervalS;
    return el('p', { class: 'small' }, interval ? `None: a sample every ${duration(interval)} throughout.` : 'None.');
  }
  return bullets(
    quality.gaps.map(({ host, start, end }) =>
      ofHost(
        host,
        [
          `${timeSpan(start, end)} on ${host}: no sample for ${duration((epochMs(end) - epochMs(start)) / 1000)} `,
          AWAY,
        ],
        timed(start, end),
      ),
    ),
  );
}
