import type { VNode } from 'preact';
import { el } from '../../report/page/element.ts';
import { stamp } from '../../report/text/time.ts';
import type { CaseNote } from '../../store/notes.ts';

/** The notes of a case, and a form for one more. */
export function notesSection(slug: string, notes: readonly CaseNote[], findings: readonly string[]): VNode {
  return el('section', { id: 'notes', 'aria-labelledby': 'h-notes' }, [
    el('h2', { id: 'h-notes' }, 'Notes'),
    el('p', { class: 'sub' }, 'Kept in the case, and part of every later report.'),
    notes.length > 0 &&
      el(
        'ul',
        { class: 'ruled notes' },
        notes.map((note) => noteItem(slug, note)),
      ),
    el('form', { method: 'post', action: `/cases/${slug}/notes`, class: 'fields' }, [
      el('label', { class: 'wide' }, [
        'Note',
        el('textarea', { name: 'text', rows: 3, required: true, maxlength: 4000 }),
      ]),
      el('div', { class: 'fields row' }, [
        el('label', null, ['Author', el('input', { name: 'author', maxlength: 100, autocomplete: 'name' })]),
        el('label', null, ['About the time (UTC)', el('input', { name: 'at', type: 'datetime-local', step: 1 })]),
        el('label', null, [
          'About the finding',
          el('select', { name: 'finding' }, [
            el('option', { value: '' }, 'none'),
            ...findings.map((id) => el('option', { value: id }, id)),
          ]),
        ]),
        el('button', { type: 'submit' }, 'Add the note'),
      ]),
    ]),
  ]);
}

function noteItem(slug: string, note: CaseNote): VNode {
  const about = [
    note.at === null ? '' : `at ${stamp(note.at)} UTC`,
    note.finding ?? '',
    `${note.author === '' ? 'no name given' : note.author}, written ${stamp(note.written)} UTC`,
  ];
  return el('li', { class: 'deleted' }, [
    el('div', null, [
      el('p', { class: 'note-text' }, note.text),
      el('p', { class: 'place' }, about.filter((part) => part !== '').join(' · ')),
    ]),
    el(
      'form',
      { method: 'post', action: `/cases/${slug}/notes/${note.id}/delete` },
      el('button', { type: 'submit', 'aria-label': `Remove the note of ${stamp(note.written)}` }, 'Remove'),
    ),
  ]);
}
