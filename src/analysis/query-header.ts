import { nearestName } from './nearest-name.ts';
import { QueryError } from './query-error.ts';

/** A header as written: each key with its lines, continuation lines included, comment marks removed. */
export type RawHeader = ReadonlyMap<string, readonly string[]>;

const KEY_LINE = /^-- ([a-z][a-z_]*):(?: (.*))?$/;
const MORE_LINE = /^--\s{2,}(\S.*)$/;

/**
 * Splits a query file into its header and its statement. The header is the run of `--` lines at the top:
 * `-- key: value`, longer values on lines indented by two or more blanks after the dashes.
 * Throws a `QueryError` for a line that is neither, and for a key given twice.
 */
export function splitHeader(path: string, text: string): { header: RawHeader; sql: string } {
  const lines = text.split(/\r?\n/);
  const header = new Map<string, string[]>();
  let current: string[] | undefined;
  let at = 0;
  for (; at < lines.length; at++) {
    const line = lines[at]!.trimEnd();
    if (!line.startsWith('--')) break;
    if (line === '--') continue;
    const key = KEY_LINE.exec(line);
    const more = MORE_LINE.exec(line);
    if (key) {
      const name = key[1]!;
      if (header.has(name)) throw new QueryError(path, `line ${at + 1}: header key "${name}" is given twice`);
      current = key[2] ? [key[2]] : [];
      header.set(name, current);
    } else if (more && current) {
      current.push(more[1]!);
    } else {
      throw new QueryError(
        path,
        `line ${at + 1}: expected "-- key: value" or an indented continuation, found "${line.slice(0, 60)}"`,
      );
    }
  }
  const sql = lines.slice(at).join('\n').trim().replace(/;\s*$/, '');
  if (sql === '') throw new QueryError(path, 'a header without a statement');
  return { header, sql };
}

/** Checks the keys of a header against those its kind knows; unknown and missing ones are errors. */
export function checkKeys(
  path: string,
  header: RawHeader,
  required: readonly string[],
  optional: readonly string[],
): void {
  const known = [...required, ...optional];
  for (const key of header.keys()) {
    if (known.includes(key)) continue;
    const near = nearestName(key, known);
    throw new QueryError(
      path,
      `unknown header key "${key}"${near ? `; did you mean "${near}"?` : `; known are ${known.join(', ')}`}`,
    );
  }
  for (const key of required) {
    if ((header.get(key) ?? []).length === 0) throw new QueryError(path, `header key "${key}" is missing`);
  }
}

/** The lines of a key as one text. */
export function textOf(header: RawHeader, key: string): string {
  return (header.get(key) ?? []).join(' ').trim();
}

/** A comma list over all lines of a key; `none` and absence are the empty list. */
export function listOf(header: RawHeader, key: string): string[] {
  const text = textOf(header, key);
  if (text === '' || text === 'none') return [];
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** The lines of a key, one entry each; `none` is the empty list. */
export function linesOf(header: RawHeader, key: string): string[] {
  const lines = (header.get(key) ?? []).map((line) => line.trim());
  return lines.length === 1 && lines[0] === 'none' ? [] : lines;
}
