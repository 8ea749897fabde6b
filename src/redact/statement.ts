import type { Counts } from './line-writer.ts';
import { KINDS, type Kind } from './pseudonyms.ts';

const NOUNS: Readonly<Record<Kind, string>> = {
  ip: 'IP addresses',
  mac: 'MAC addresses',
  host: 'host names',
  user: 'user names',
  value: 'query values, cookies and secrets',
};

const NOT_FOUND =
  'names and numbers inside paths, user agents, free text and comments; names of services, files and interfaces; ' +
  'ports, times, sizes and counts; names and values of request headers a custom LogFormat logs without their names';

/** What one capture has to say of itself. */
export interface Statement {
  readonly version: string;
  readonly keyId: string;
  readonly counts: Counts;
  /** Members and lines that were left out, in words. */
  readonly leftOut: readonly string[];
}

/** What was replaced, what could not be found, what was left out: keys of a manifest and their values. */
export function statementLines({ version, keyId, counts, leftOut }: Statement): readonly (readonly [string, string])[] {
  const kinds = KINDS.map((kind) => `${kind}=${counts[kind]}`);
  return [
    [
      'redacted',
      `by lastack ${version} with key ${keyId}: ${KINDS.map((kind) => NOUNS[kind]).join(', ')} are pseudonyms`,
    ],
    ['redacted_counts', kinds.join(' ')],
    ['not_redacted', NOT_FOUND],
    ...(leftOut.length === 0 ? [] : [['redaction_left_out', leftOut.join('; ')] as const]),
  ];
}

/** A manifest with the statement behind its other keys. */
export function statedManifest(manifest: Buffer, statement: Statement): Buffer {
  const text = manifest.toString('latin1');
  const rows = /^(?!# )/m.exec(text)?.index ?? text.length;
  const lines = statementLines(statement).map(([key, value]) => `# ${key}\t${oneLine(value)}\n`);
  return Buffer.from(text.slice(0, rows) + lines.join('') + text.slice(rows), 'latin1');
}

/** The statement of a capture without a manifest. */
export function statementText(statement: Statement): Buffer {
  return Buffer.from(
    statementLines(statement)
      .map(([key, value]) => `# ${key}\t${oneLine(value)}\n`)
      .join(''),
    'latin1',
  );
}

function oneLine(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?');
}
