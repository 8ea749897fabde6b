// Lines made to be slow: the time of a line must grow with its length, not with the square of it.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadSources } from '../../src/ingest/load-sources.ts';
import { bytesOf, linesOf } from '../support/mutate.ts';
import { parseMember } from '../support/parse-member.ts';
import { processorMs } from '../support/processor-time.ts';
import { type SourceCase, sourceCases } from '../support/source-cases.ts';

const KB = 1024;
/** Length of the line, and the time that it and the file's first lines may take. A quadratic regex is beyond it by far. */
const SIZES: readonly (readonly [bytes: number, mostMs: number])[] = [
  [8 * KB, 300],
  [64 * KB, 600],
  ...(process.env['FUZZ_ROUNDS'] === undefined ? [] : [[1020 * KB, 4_000] as const]),
];
const HEAD_LINES = 8;
const FILLS = [
  ' ',
  '\t',
  '0',
  'a',
  'aA1',
  '"',
  '\\',
  '\\"',
  '=',
  ', ',
  ':',
  '::',
  '[',
  '(',
  '.1',
  '1.',
  'a=1 ',
  'a:(',
  '- ',
  '%2',
  '\u00c3',
];

const sources = await loadSources();
const cases = sourceCases();

describe('long lines take time by their length', () => {
  for (const source of sources) {
    it(source.id, () => {
      const golden = cases.filter((one) => one.source === source.id);
      for (const one of golden.slice(0, 3)) {
        for (const member of one.members.slice(0, 2))
          tryMember(one, member.name, linesOf(member.bytes.subarray(0, 8 * KB)));
      }
    });
  }
});

function tryMember(golden: SourceCase, member: string, lines: readonly string[]): void {
  const source = sources.find(({ id }) => id === golden.source)!;
  const head = lines.slice(0, HEAD_LINES);
  const last = head.findLast((line) => line.trim() !== '') ?? '';
  for (const [bytes, mostMs] of SIZES) {
    for (const line of longLines(last, bytes)) {
      const started = processorMs();
      source.opening?.test(line);
      parseMember(source, member, [bytesOf([...head, line, ''])], golden.context);
      const took = processorMs() - started;
      assert.ok(
        took < mostMs,
        `${golden.name}/${member}: ${took.toFixed(0)} ms for ${bytes} bytes of ${line.slice(0, 80)}…`,
      );
    }
  }
}

/** A line repeated, and runs of one text in front of it, in its middle, behind it and alone. */
function* longLines(line: string, bytes: number): Generator<string> {
  yield `${line} `.repeat(Math.ceil(bytes / (line.length + 1))).slice(0, bytes);
  const middle = line.indexOf(' ', line.length >> 1) + 1;
  for (const fill of FILLS) {
    const run = fill.repeat(Math.ceil(bytes / fill.length)).slice(0, bytes);
    yield line + run;
    yield line.slice(0, middle) + run + line.slice(middle);
    if (bytes < 100 * KB) {
      yield run + line;
      yield run;
    }
  }
}
