import type { Postmortem } from '../../analysis/document.ts';
import { number, understood } from '../../base/quantity.ts';
import { importNotes } from '../page/quality.ts';
import { reasonLines } from '../page/rejects.ts';
import { codeSpan, escapeMarkdown as md } from '../text/markdown.ts';
import { stamp, timeSpan } from '../text/time.ts';

const MOST_REASONS = 20;

/** What was read, and what of it could not be understood. */
export function data(document: Postmortem): readonly string[] {
  const { quality, runs, method } = document;
  const lines = [
    ...runs.map(
      (run) =>
        `- ${md(run.name)}: ${number(run.captures)} ${run.captures === 1 ? 'capture' : 'captures'} of ${md(run.host)}, ${stamp(run.start)} to ${stamp(run.end)}`,
    ),
    `- ${number(quality.lines)} lines read: ${number(quality.lines - quality.known - quality.rejects)} gave ${number(quality.rows)} rows, ${number(quality.known)} carry none by nature, ${number(quality.rejects)} could not be read (${understood(quality.lines, quality.rejects)} understood)`,
    ...rejected(document),
    ...quality.gaps.map(({ host, start, end }) => `- no sample ${timeSpan(start, end)} on ${md(host)}`),
    ...quality.notes.map((note) => `- ${md(note)}`),
    ...importNotes(document).map((note) => `- not read: ${md(note)}`),
    ...method.parameters
      .filter(({ insteadOf }) => insteadOf !== undefined)
      .map(
        ({ name, value, insteadOf }) =>
          `- threshold ${codeSpan(name)} = ${md(String(value))} instead of ${md(String(insteadOf))}`,
      ),
  ];
  return ['## Data', lines.join('\n')];
}

/** Sources with lines that could not be read, and the reasons. */
function rejected({ coverage, quality }: Postmortem): readonly string[] {
  const sources = coverage
    .filter((one) => one.rejects > 0)
    .map(
      (one) =>
        `  - ${md(one.source)}: ${number(one.rejects)} of ${number(one.lines)} lines (${understood(one.lines, one.rejects)} understood)`,
    );
  const reasons = quality.rejectReasons.slice(0, MOST_REASONS).map((one) => {
    const place = codeSpan(`${one.capture} ${one.member}:${one.line}`);
    return `  - ${md(one.source)}, ${md(one.reason)}: ${reasonLines(one)}, first ${place} ${codeSpan(one.excerpt)}`;
  });
  const left = quality.rejectReasons.length - reasons.length;
  return [...sources, ...reasons, ...(left > 0 ? [`  - and ${number(left)} more reasons`] : [])];
}
