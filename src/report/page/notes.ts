import type { VNode } from 'preact';
import type { Note, Postmortem } from '../../analysis/document.ts';
import { stamp } from '../text/time.ts';
import type { Cards } from './cards.ts';
import { el } from './element.ts';
import { AWAY, moment, timed } from './marks.ts';

/** What people wrote about the case; nothing when nobody did. */
export function notesSection(document: Postmortem, cards: Cards): VNode | false {
  if (document.notes.length === 0) return false;
  return el('section', { id: 'notes', 'aria-labelledby': 'h-notes' }, [
    el('h2', { id: 'h-notes' }, 'Notes'),
    el('p', { class: 'sub' }, 'Written by people, not read from the captures.'),
    el(
      'ul',
      { class: 'ruled notes' },
      document.notes.map((note) => noteItem(note, document, cards)),
    ),
  ]);
}

function noteItem(note: Note, { findings }: Postmortem, cards: Cards): VNode {
  const found = findings.find((finding) => finding.id === note.finding);
  return el('li', note.at === null ? null : timed(note.at, note.at), [
    el('p', { class: 'note-text' }, note.text),
    el('p', { class: 'place' }, [
      note.at !== null && [moment(note.at, `at ${stamp(note.at)} UTC`), ' · '],
      note.finding !== null && [
        found === undefined ? note.finding : el('a', { href: cards.link(found.id) }, found.title),
        ' · ',
      ],
      `${note.author === '' ? 'no name given' : note.author}, written ${stamp(note.written)} UTC `,
      AWAY,
    ]),
  ]);
}
