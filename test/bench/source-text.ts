import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MemberContext, Source } from '../../src/sources/source.ts';
import { projectRoot } from '../support/project.ts';
import { sourceCases } from '../support/source-cases.ts';
import { accessLogText, LOG_FORMAT } from './access-log-text.ts';
import { conntrackText } from './conntrack-text.ts';
import { parseText } from './parse-text.ts';
import { Random } from './random.ts';
import { socketText } from './socket-text.ts';

const LF = 10;
const MEGABYTE = 1_000_000;
const MOST_REJECTS = 0.01;
const FIRST_MS = Date.UTC(2026, 10, 22, 12);

/** One member as a capture of a busy host holds it. */
export interface SourceText {
  readonly member: string;
  readonly bytes: Uint8Array;
  readonly context: Partial<MemberContext>;
}

/** Outputs that grow with the load: a golden input whose lines below the first ones (the header) are repeated to a size. */
const GROWING: Readonly<Record<string, { readonly input: string; readonly header: number; readonly bytes: number }>> = {
  'conntrack-events': { input: 'timestamp/input/conntrack-E.txt', header: 0, bytes: MEGABYTE },
  'conntrack-proc': {
    input: 'accounting-and-timestamp/input/proc-net-nf_conntrack.txt',
    header: 0,
    bytes: MEGABYTE,
  },
  'dmesg-times': { input: 'english/input/dmesg-T.txt', header: 0, bytes: MEGABYTE / 4 },
  'error-log': { input: 'overload-zone-east/input/logs/error/error.log', header: 0, bytes: MEGABYTE },
  'kernel-log': { input: 'raw/input/dmesg.txt', header: 0, bytes: MEGABYTE / 4 },
  'netstat-sockets': { input: 'net-tools-2.10/input/netstat-tanpoe.txt', header: 2, bytes: MEGABYTE },
  'proc-net-tcp': { input: 'all-states/input/proc-net-tcp.txt', header: 1, bytes: MEGABYTE },
  process: { input: 'collected/input/ps.txt', header: 1, bytes: MEGABYTE / 20 },
  'ss-process': { input: 'prefork-children/input/ss-tanpe.txt', header: 1, bytes: MEGABYTE },
  'system-log': { input: 'rsyslog-traditional/input/messages', header: 0, bytes: MEGABYTE },
  top: { input: 'processes-and-threads/input/top-H.txt', header: 7, bytes: MEGABYTE / 20 },
};

/** Outputs for which texts like those of a busy host are generated. */
const GENERATED: Readonly<Record<string, () => SourceText>> = {
  ss: () => ({ member: 'ss-tanoemi.txt', bytes: joined(socketText(new Random(1), MEGABYTE)), context: {} }),
  conntrack: () => ({ member: 'conntrack-L.txt', bytes: joined(conntrackText(new Random(1), MEGABYTE)), context: {} }),
  'access-log': () => ({
    member: 'logs/access/access.log',
    bytes: joined(accessLogText(new Random(1), MEGABYTE, FIRST_MS)),
    context: { logFormat: LOG_FORMAT },
  }),
};

/** What a source is timed with: a generated text, a golden input grown to size, else the largest it can read as it is. */
export function sourceText(source: Source): SourceText {
  const text = GENERATED[source.id]?.() ?? grown(source) ?? largest(source);
  if (text === undefined || !isReadable(source, text)) throw new Error(`no text for ${source.id} that it can read`);
  return text;
}

function grown({ id }: Source): SourceText | undefined {
  const growing = GROWING[id];
  if (growing === undefined) return undefined;
  const { input, header, bytes } = growing;
  const once = readFileSync(join(projectRoot, 'test/sources', id, input));
  let body = 0;
  for (let line = 0; line < header; line++) body = once.indexOf(LF, body) + 1;
  const rest = once.subarray(body);
  const copies = Array<Uint8Array>(Math.ceil(bytes / rest.length)).fill(rest);
  const member = input.slice(input.indexOf('/input/') + '/input/'.length);
  return { member, bytes: Buffer.concat([once.subarray(0, body), ...copies]), context: {} };
}

function largest(source: Source): SourceText | undefined {
  return sourceCases()
    .filter((golden) => golden.source === source.id)
    .flatMap(({ members, context }) => members.map(({ name, bytes }) => ({ member: name, bytes, context })))
    .toSorted((a, b) => b.bytes.length - a.bytes.length)
    .find((text) => isReadable(source, text));
}

function isReadable(source: Source, text: SourceText): boolean {
  const { lines, rows, rejects } = parseText(source, text);
  return rows > 0 && rejects < lines * MOST_REJECTS;
}

function joined(pieces: Iterable<string>): Uint8Array {
  return Buffer.from([...pieces].join(''));
}
