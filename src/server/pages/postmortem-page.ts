import { el } from '../../report/page/element.ts';
import { safeCopy } from '../../report/text/safe-copy.ts';
import type { CaseView } from '../case-view.ts';
import { type Selection, selectionQuery } from '../selection.ts';
import { choice, time } from './fields.ts';
import { renderPage } from './layout.ts';

/** The postmortem in a frame of its own, what of the case it is of, and the files it can be had as. */
export function postmortemPage(view: CaseView, selection: Selection, canLeave: boolean): string {
  const { slug } = view;
  const query = selectionQuery(selection);
  const base = `/cases/${slug}/postmortem`;
  return renderPage(
    { title: `Postmortem of ${view.name}`, served: view, part: '/postmortem', filled: true, canLeave },
    [
      el('h1', { class: 'visually-hidden' }, `Postmortem of ${safeCopy(view.name)}`),
      el('div', { class: 'tools' }, [
        el('form', { method: 'get', action: base, class: 'fields row tight' }, [
          choice('run', 'Run', view.runs, selection.run),
          choice('host', 'Host', view.hosts, selection.host),
          time('since', 'Since (UTC)', selection.since),
          time('until', 'Until (UTC)', selection.until),
          el('button', { type: 'submit' }, 'Show'),
        ]),
        el('p', { class: 'downloads' }, [
          'Download ',
          ...(['html', 'md', 'json'] as const).flatMap((format, i) => [
            i === 0 ? '' : ', ',
            el(
              'a',
              { href: `${base}.${format}${query === '' ? '?' : `${query}&`}download=1`, download: true },
              { html: 'HTML', md: 'Markdown', json: 'JSON' }[format],
            ),
          ]),
          ', ',
          el('a', { href: `/cases/${slug}/export.tar`, download: true }, 'Parquet of the whole case'),
          view.waiting > 0 && ` · ${view.waiting} captures are not read yet and not in it`,
        ]),
      ]),
      view.samples === 0
        ? el('p', { class: 'lede' }, 'The case holds no sample yet.')
        : el('iframe', { src: `${base}.html${query}`, title: 'Postmortem', sandbox: 'allow-scripts' }),
    ],
  );
}
