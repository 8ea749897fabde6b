import { HostNames } from '../../src/redact/host-names.ts';
import { LearnedNames } from '../../src/redact/learned-names.ts';
import { LineFinder } from '../../src/redact/line-finder.ts';
import { LineSink, type LineTaker } from '../../src/redact/line-sink.ts';
import { LineWriter } from '../../src/redact/line-writer.ts';
import { Pseudonyms } from '../../src/redact/pseudonyms.ts';
import { RedactionKey } from '../../src/redact/redaction-key.ts';

/** A key that is the same in all tests. */
export const KEY: RedactionKey = new RedactionKey(Buffer.alloc(32, 7));

/** Members of one capture, redacted together: names are learned from all of them first. */
export async function redactTexts(members: ReadonlyMap<string, Uint8Array>): Promise<Map<string, Buffer>> {
  const learned = new LearnedNames();
  const hosts = new HostNames(learned);
  const { NameLearner } = await import('../../src/redact/name-learner.ts');
  const { DEFAULT_LIMITS } = await import('../../src/capture/limits.ts');
  const learner = new NameLearner(learned, hosts, DEFAULT_LIMITS);
  for (const [path, bytes] of members) {
    const sink = await learner.member(path);
    await sink.push(bytes);
    await sink.end();
  }
  const redacted = new Map<string, Buffer>();
  const pseudonyms = new Pseudonyms(KEY);
  for (const [path, bytes] of members) {
    const writer = new LineWriter(pseudonyms);
    const sink = new LineSink(lines(new LineFinder(path, learned, hosts), writer));
    await sink.push(bytes);
    await sink.end();
    redacted.set(path, Buffer.from(writer.take()));
  }
  return redacted;
}

function lines(finder: LineFinder, writer: LineWriter): LineTaker {
  return {
    line(bytes, start, end, next) {
      writer.line(bytes, start, end, finder.find(bytes, start, end), finder.isRightAligned);
      writer.raw(bytes.subarray(end, next));
    },
    long: () => undefined,
    binary: () => undefined,
    flush: () => undefined,
    end: () => Promise.resolve(),
  };
}
