import type { VNode } from 'preact';
import { el } from '../../report/page/element.ts';
import { safeCopy } from '../../report/text/safe-copy.ts';
import type { CaseView } from '../case-view.ts';
import { type Sides, sidesQuery } from '../comparison.ts';
import { renderPage } from './layout.ts';

/** The comparison in a frame of its own, the runs it is of, and the files it can be had as. */
export function comparisonPage(view: CaseView, sides: Sides, canLeave: boolean): string {
  const base = `/cases/${view.slug}/comparison`;
  const isChosen = sides.before.length > 0 && sides.after.length > 0;
  const query = sidesQuery(sides);
  const frame = { title: `Comparison in ${view.name}`, served: view, part: '/comparison', filled: isChosen, canLeave };
  return renderPage(frame, [
    el('h1', { class: isChosen ? 'visually-hidden' : undefined }, 'Compare runs'),
    view.runs.length < 2 &&
      el(
        'p',
        { class: 'lede' },
        'A comparison takes two runs: upload captures for another one, and name it when you do.',
      ),
    view.runs.length >= 2 &&
      el('div', { class: isChosen ? 'tools' : undefined }, [
        el('form', { method: 'get', action: base, class: 'fields row' }, [
          side('before', 'Before', view.runs, sides.before),
          side('after', 'After', view.runs, sides.after),
          el('button', { type: 'submit', class: 'main' }, 'Compare'),
        ]),
        isChosen &&
          el('p', { class: 'downloads' }, [
            'Download ',
            ...(['html', 'md', 'json'] as const).flatMap((format, i) => [
              i === 0 ? '' : ', ',
              el(
                'a',
                { href: `${base}.${format}${query}&download=1`, download: true },
                { html: 'HTML', md: 'Markdown', json: 'JSON' }[format],
              ),
            ]),
          ]),
      ]),
    isChosen && el('iframe', { src: `${base}.html${query}`, title: 'Comparison', sandbox: 'allow-scripts' }),
  ]);
}

function side(name: 'before' | 'after', title: string, runs: readonly string[], chosen: readonly string[]): VNode {
  return el('fieldset', null, [
    el('legend', null, title),
    ...runs.map((run) =>
      el('label', { class: 'check' }, [
        el('input', { type: 'checkbox', name, value: run, checked: chosen.includes(run) }),
        safeCopy(run),
      ]),
    ),
  ]);
}
