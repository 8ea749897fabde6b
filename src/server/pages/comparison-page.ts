import type { VNode } from 'preact';
import { type Content, el } from '../../report/page/element.ts';
import { safeCopy } from '../../report/text/safe-copy.ts';
import type { CaseView } from '../case-view.ts';
import { ALIGNMENTS, DEFAULT_GUARD_S, expectationText, type Sides, sidesQuery } from '../comparison.ts';
import { choice, time } from './fields.ts';
import { renderPage } from './layout.ts';

const ALIGNED: Readonly<Record<Sides['align'], string>> = {
  start: 'all of each run',
  clock: 'the same time of day',
  onset: 'from the onset on',
  load: 'from a load step on',
};

/** The comparison in a frame of its own, what it is of, and the files it can be had as. */
export function comparisonPage(view: CaseView, sides: Sides, canLeave: boolean): string {
  const base = `/cases/${view.slug}/comparison`;
  const isChosen = sides.before.length > 0 && sides.after.length > 0;
  const query = sidesQuery(sides);
  const frame = { title: `Comparison in ${view.name}`, served: view, part: '/comparison', filled: isChosen, canLeave };
  return renderPage(frame, [
    el('h1', { class: isChosen ? 'visually-hidden' : undefined }, 'Compare runs'),
    view.runs.length === 0 && el('p', { class: 'lede' }, 'The case holds no sample yet.'),
    view.runs.length === 1 &&
      el(
        'p',
        { class: 'lede' },
        'The case has one run: choose it on both sides with a window on each, or upload captures for another run and name it when you do.',
      ),
    view.runs.length > 0 &&
      el('div', { class: isChosen ? 'tools' : undefined }, [
        el('form', { method: 'get', action: base, class: 'fields row' }, [
          side('before', 'Before', view.runs, sides.before),
          side('after', 'After', view.runs, sides.after),
          el('button', { type: 'submit', class: 'main' }, 'Compare'),
          options(view, sides),
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

/** What few need: folded away, with what of it is in use. */
function options(view: CaseView, { host, windows, guardS, align, expect }: Sides): Content {
  const used = [
    windows !== null && 'two windows',
    host !== null && `host ${safeCopy(host)}`,
    align !== 'start' && ALIGNED[align],
    expect.length > 0 && `${expect.length} expected`,
  ].filter((one) => one !== false);
  return el('details', { class: 'options' }, [
    el('summary', null, `Windows, host, alignment, expectations${used.length > 0 ? ` (${used.join(', ')})` : ''}`),
    el('div', { class: 'fields row' }, [
      time('beforeSince', 'Before from (UTC)', windows?.[0].since ?? null),
      time('beforeUntil', 'to', windows?.[0].until ?? null),
      time('afterSince', 'After from (UTC)', windows?.[1].since ?? null),
      time('afterUntil', 'to', windows?.[1].until ?? null),
    ]),
    el('div', { class: 'fields row' }, [
      choice('host', 'Host', view.hosts, host),
      el('label', null, [
        'Compared',
        el(
          'select',
          { name: 'align' },
          ALIGNMENTS.map((one) => el('option', { value: one, selected: one === align }, ALIGNED[one])),
        ),
      ]),
      el('label', { class: 'wide' }, [
        'Left out where windows meet, and after an onset or step (s)',
        el('input', {
          name: 'guard',
          type: 'number',
          min: 0,
          step: 'any',
          value: guardS === DEFAULT_GUARD_S ? '' : guardS,
          placeholder: DEFAULT_GUARD_S,
        }),
      ]),
      el('label', { class: 'wide' }, [
        'What the change should do, one a line: METRIC up, down or unchanged',
        el('textarea', { name: 'expect', rows: 2, placeholder: 'TcpExtListenOverflows down' }, expectationText(expect)),
      ]),
    ]),
  ]);
}
