import type { Postmortem } from '../../analysis/document.ts';
import { codeSpan, escapeMarkdown as md } from '../text/markdown.ts';
import { stamp } from '../text/time.ts';

/** What people wrote about the case; nothing when nobody did. */
export function notes({ notes }: Postmortem): readonly string[] {
  if (notes.length === 0) return [];
  const lines = notes.map(({ author, text, at, finding, written }) => {
    const about = [at === null ? '' : `at ${stamp(at)}`, finding === null ? '' : codeSpan(finding)];
    const by = author === '' ? 'no name given' : md(author);
    return `- ${md(text)} (${[...about, by, `written ${stamp(written)}`].filter((part) => part !== '').join(', ')})`;
  });
  return ['## Notes', lines.join('\n')];
}
