import { el } from '../../report/page/element.ts';
import { safeCopy } from '../../report/text/safe-copy.ts';
import type { ServedCase } from '../data/served-case.ts';
import type { FormFile } from '../routes/upload-routes.ts';
import { renderPage } from './layout.ts';

/** What became of the files of a form, when some could not be taken. */
export function uploadResultPage({ slug, info }: ServedCase, files: readonly FormFile[]): string {
  const failed = safeCopy(files.filter(({ ok }) => !ok));
  return renderPage({ title: 'Upload', served: { slug, name: info.name } }, [
    el('h1', null, `${failed.length} of ${files.length} files could not be taken`),
    el(
      'ul',
      { class: 'ruled' },
      failed.map(({ line }) => el('li', null, line)),
    ),
    failed.length < files.length && el('p', null, 'The others are kept.'),
    el('p', null, el('a', { href: `/cases/${slug}` }, 'Back to the case')),
  ]);
}
