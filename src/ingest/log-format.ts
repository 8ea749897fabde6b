import type { Manifest } from '../capture/manifest.ts';
import { printable } from '../capture/member-name.ts';
import type { Slice } from '../sources/source.ts';
import { directiveWords } from './directive-words.ts';

/** What the configuration says of logs: formats by their nickname, and by the file's path on the host. */
export type LogFormats = ReadonlyMap<string, string>;

const DIRECTIVE =
  /^directive\t([^\t]*)\t(LogFormat|CustomLog|GlobalLog|TransferLog|ErrorLog|ErrorLogFormat)\t(.*)\t[^\t]*$/;
const COMMON = '%h %l %u %t "%r" %>s %b';
const COMBINED = `${COMMON} "%{Referer}i" "%{User-Agent}i"`;
/** Nicknames as Apache's own and the distributions' configurations have them. */
const NICKNAMES: LogFormats = new Map([
  ['CLF', COMMON],
  ['common', COMMON],
  ['combined', COMBINED],
  ['combinedio', `${COMBINED} %I %O`],
  ['vhost_common', `%v ${COMMON}`],
  ['vhost_combined', `%v:%p ${COMBINED}`],
  ['referer', '%{Referer}i -> %U'],
  ['agent', '%{User-agent}i'],
]);
/** Marks a path that is only known to begin or to end so. */
const BEGINS = 'begins with ';
const ENDS = 'ends with ';
/** What rotation adds to a name, and rotatelogs or a date in its place. */
const ROTATED = /^(?:[\d._-]*\d)?(?:\.(?:gz|bz2|xz|zst|old))?$/;

/**
 * Reads `apache-settings.txt`: which access log is written in which LogFormat, which error log in which ErrorLogFormat
 * (its lines: the format of messages, then those of requests and connections).
 */
export function readLogFormats(settings: string): LogFormats {
  const nicknames = new Map(NICKNAMES);
  const logs: { readonly target: string; readonly format: string | null }[] = [];
  const errorLogs: { readonly target: string; readonly scope: string }[] = [];
  const errorFormats = new Map<string, string[]>();
  for (const line of settings.split('\n')) {
    const match = DIRECTIVE.exec(line);
    if (match === null) continue;
    const [, scope, name, value] = match as unknown as [string, string, string, string];
    const [first = '', second] = directiveWords(value);
    if (name === 'LogFormat') nicknames.set(second ?? '', first);
    else if (name === 'TransferLog') logs.push({ target: first, format: null });
    else if (name === 'ErrorLog') errorLogs.push({ target: first, scope });
    else if (name === 'ErrorLogFormat') addErrorFormat(errorFormats, scope, first, second);
    else if (second !== undefined) logs.push({ target: first, format: second });
  }
  const formats = new Map<string, string>();
  const add = (target: string, format: string | undefined): void => {
    const place = placeOf(target);
    if (place !== null && format !== undefined) formats.set(place, format);
  };
  for (const { target, format } of errorLogs.map((log) => errorLogFormat(log, errorFormats))) add(target, format);
  for (const { target, format } of logs) {
    if (format === null) add(target, nicknames.get('') ?? COMMON);
    else add(target, format.includes('%') ? format : nicknames.get(format));
  }
  for (const [nickname, format] of nicknames) {
    if (nickname !== '' && NICKNAMES.get(nickname) !== format) formats.set(nickname, format);
  }
  return formats;
}

function addErrorFormat(
  formats: Map<string, string[]>,
  scope: string,
  first: string,
  second: string | undefined,
): void {
  const own = formats.get(scope) ?? [];
  if (second === undefined) own.unshift(first);
  else own.push(second);
  formats.set(scope, own);
}

/** A virtual host's own format, else the server's. */
function errorLogFormat(
  { target, scope }: { readonly target: string; readonly scope: string },
  formats: ReadonlyMap<string, readonly string[]>,
): { target: string; format: string | undefined } {
  return { target, format: (formats.get(scope) ?? formats.get('-'))?.join('\n') };
}

/** Where a log is: its path; of a path below ServerRoot its end; of a pipe the file that its program is told, up to the date in it. */
function placeOf(target: string): string | null {
  if (target.startsWith('|')) {
    const file = directiveWords(target.replace(/^\|\|?\$?/, ''))
      .slice(1)
      .find((word) => word.startsWith('/'));
    return file === undefined ? null : BEGINS + file.replace(/%.*/, '');
  }
  if (target.startsWith('/')) return target;
  return target === '' || target.startsWith('syslog') ? null : ENDS + target.replace(/^.*\//, '/');
}

/** The format of the log at a path of the host; null when the configuration does not say. */
export function formatOfLog(formats: LogFormats, path: string): string | null {
  const exact = formats.get(path);
  if (exact !== undefined) return exact;
  let best: { readonly length: number; readonly format: string } | null = null;
  for (const [place, format] of formats) {
    const length = fits(place, path);
    if (length > (best?.length ?? 0)) best = { length, format };
  }
  return best?.format ?? null;
}

/**
 * The format of a log that lies somewhere in a bundle: by the end of its path, `sosreport-www1/var/log/httpd/access_log`;
 * else by its name alone, where all logs of that name have one format.
 */
export function formatOfMember(formats: LogFormats, member: string): string | null {
  const folders = member.split('/');
  for (let i = 0; i < folders.length - 1; i++) {
    const format = formatOfLog(formats, `/${folders.slice(i).join('/')}`);
    if (format !== null) return format;
  }
  const name = `/${folders.at(-1)!}`;
  const named = new Set<string>();
  for (const [place, format] of formats) {
    if (place.includes('/') && fits(ENDS + place.replace(/^.*\//, '/'), name) > 0) named.add(format);
  }
  return named.size === 1 ? [...named][0]! : null;
}

/** How much of the path the place explains; 0 when it is of another log. */
function fits(place: string, path: string): number {
  if (place.startsWith(BEGINS)) {
    const start = place.slice(BEGINS.length);
    return path.startsWith(start) ? start.length : 0;
  }
  const name = place.startsWith(ENDS) ? place.slice(ENDS.length) : place;
  const at = place.startsWith(ENDS) ? path.lastIndexOf(name) : 0;
  const end = at + name.length;
  return at >= 0 && name.startsWith('/') && path.startsWith(name, at) && ROTATED.test(path.slice(end)) ? end : 0;
}

/** The LogFormat that the user named: a format string, or a nickname of the configuration or of common ones; null when it is neither. */
export function namedFormat(named: string, formats: LogFormats): string | null {
  return named.includes('%') ? named : (formats.get(named) ?? NICKNAMES.get(named) ?? null);
}

/** What is said where there is none. */
export function unknownFormat(named: string): string {
  return `no LogFormat "${printable(named)}" known: the formats of access logs were recognised`;
}

/** The host path of a log member, as the manifest notes it. */
export function logPath(manifest: Manifest, member: string): string | null {
  return /(?:^|\s)path=(.*?)(?=\s+(?:inode|offset|left_out)=|$)/.exec(noteOf(manifest, member))?.[1] ?? null;
}

/** The part of its file that a log member is, as the manifest notes it. */
export function logSlice(manifest: Manifest, member: string): Slice | null {
  const match = /\sinode=(\d+) offset=(\d+)(?:.*?\s(\d+) bytes left out)?/.exec(noteOf(manifest, member));
  if (match === null) return null;
  return { inode: match[1]!, offset: Number(match[2]) + Number(match[3] ?? 0) };
}

function noteOf(manifest: Manifest, member: string): string {
  return manifest.probes.find((probe) => probe.member === member)?.note ?? '';
}
