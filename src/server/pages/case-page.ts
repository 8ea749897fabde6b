import type { VNode } from 'preact';
import { bytes, number } from '../../base/quantity.ts';
import { type Content, el } from '../../report/page/element.ts';
import { numeric, tableHead } from '../../report/page/table-head.ts';
import { safeCopy } from '../../report/text/safe-copy.ts';
import { type CaseView, recordedSpan } from '../case-view.ts';
import type { CaptureRecord } from '../data/capture-record.ts';
import { selectionQuery } from '../selection.ts';
import { captureTable } from './capture-table.ts';
import { renderPage } from './layout.ts';
import { notesSection } from './notes-section.ts';

/** A case: what was uploaded, what it holds, and where to go from there. */
export function casePage(
  original: CaseView,
  captures: readonly CaptureRecord[],
  findings: readonly string[],
  canLeave: boolean,
): string {
  const view = safeCopy(original);
  const frame = {
    title: original.name,
    served: original,
    part: '',
    scripts: ['case', 'upload'],
    canLeave,
    ...(view.waiting > 0 ? { againS: 5 } : {}),
  };
  return renderPage(frame, [
    el('h1', null, view.name),
    el('dl', { class: 'facts' }, facts(view)),
    el('p', { id: 'state', class: 'state', role: 'status', 'data-slug': view.slug }, stateLine(view)),
    uploadSection(view),
    view.contents !== null && view.contents.runs.length > 0 && runsSection(view),
    el('section', { id: 'captures', 'aria-labelledby': 'h-captures', hidden: captures.length === 0 }, [
      el('h2', { id: 'h-captures' }, 'Captures'),
      captureTable(safeCopy(captures)),
    ]),
    view.contents !== null && notesSection(view.slug, view.contents.notes, findings),
    settingsSection(view),
  ]);
}

function facts(view: CaseView): readonly Content[] {
  const rows: readonly (readonly [string, Content])[] = [
    ['Hosts', view.hosts.join(', ') || '–'],
    ['Recorded (UTC)', recordedSpan(view)],
    ['Samples', number(view.samples)],
    ['Rows', number(view.contents?.rows ?? 0)],
    ['Lines not understood', number(view.contents?.rejects ?? 0)],
    ['On disk', bytes(view.diskBytes)],
  ];
  return rows.map(([name, value]) => el('div', null, [el('dt', null, name), el('dd', null, value)]));
}

/** What goes on, and where to read the result. */
function stateLine(view: CaseView): Content {
  if (view.problem !== null) return `Reading stands still: ${view.problem}.`;
  if (view.waiting > 0) return `${number(view.waiting)} of ${number(view.captures)} captures wait to be read.`;
  if (view.samples === 0) return view.captures === 0 ? 'Nothing was uploaded yet.' : 'Nothing could be read yet.';
  return ['Everything is read. ', el('a', { href: `/cases/${view.slug}/postmortem` }, 'Read the postmortem'), '.'];
}

function uploadSection({ slug, runs }: CaseView): VNode {
  return el('section', { id: 'upload', 'aria-labelledby': 'h-upload' }, [
    el('h2', { id: 'h-upload' }, 'Upload'),
    el('p', { class: 'sub' }, [
      'Captures of the collector, sosreports, pt-stalk folders as archives, logs and outputs of tools. From a shell: ',
      el('code', null, `curl -T capture.tar.gz http://HOST/cases/${slug}/captures/`),
    ]),
    el(
      'form',
      {
        method: 'post',
        action: `/cases/${slug}/captures`,
        enctype: 'multipart/form-data',
        class: 'fields row',
        id: 'upload-form',
      },
      [
        el('label', null, [
          'Run',
          el('input', { name: 'run', list: 'runs', maxlength: 100, autocomplete: 'off', placeholder: 'as labelled' }),
        ]),
        el(
          'datalist',
          { id: 'runs' },
          runs.map((run) => el('option', { value: run })),
        ),
        el('label', null, ['Files', el('input', { name: 'file', type: 'file', multiple: true, required: true })]),
        el('button', { type: 'submit', class: 'main' }, 'Upload'),
      ],
    ),
  ]);
}

function runsSection({ slug, contents }: CaseView): VNode {
  return el('section', { 'aria-labelledby': 'h-runs' }, [
    el('h2', { id: 'h-runs' }, 'Runs'),
    el(
      'div',
      { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Table of runs' },
      el('table', null, [
        tableHead(['Run', 'Host', 'Recorded (UTC)', numeric('Samples'), '']),
        el(
          'tbody',
          null,
          contents!.runs.map((row) =>
            el('tr', null, [
              el('th', { scope: 'row' }, row.run),
              el('td', null, row.host),
              el('td', { class: 'when' }, recordedSpan(row)),
              el('td', { class: 'n' }, number(row.samples)),
              el(
                'td',
                null,
                el(
                  'a',
                  {
                    href: `/cases/${slug}/postmortem${selectionQuery({ run: row.run, host: row.host, since: null, until: null })}`,
                    'aria-label': `Postmortem of ${row.run} on ${row.host}`,
                  },
                  'Postmortem',
                ),
              ),
            ]),
          ),
        ),
      ]),
    ),
  ]);
}

function settingsSection({ slug, name }: CaseView): VNode {
  return el('section', { 'aria-labelledby': 'h-case' }, [
    el('h2', { id: 'h-case' }, 'This case'),
    el('form', { method: 'post', action: `/cases/${slug}/rename`, class: 'fields row' }, [
      el('label', null, [
        'Name',
        el('input', { name: 'name', value: name, required: true, maxlength: 100, autocomplete: 'off' }),
      ]),
      el('button', { type: 'submit' }, 'Rename'),
    ]),
    el('form', { method: 'post', action: `/cases/${slug}/delete`, class: 'fields row' }, [
      el('button', { type: 'submit' }, 'Delete this case'),
      el('span', { class: 'small' }, 'It can be had back for a day from the list of cases.'),
    ]),
  ]);
}
