import type { Manifest } from '../capture/manifest.ts';

/** The `LogFormat` string of each access log, by the file's path on the host. */
export type LogFormats = ReadonlyMap<string, string>;

const DIRECTIVE = /^directive\t[^\t]*\t(LogFormat|CustomLog|TransferLog)\t(.*)\t[^\t]*$/;
const QUOTED = /^"((?:[^"\\]|\\.)*)"(?:\s+(\S+))?/;

/** Reads `apache-settings.txt`: which log is written in which format. Relative and piped logs are left out. */
export function readLogFormats(settings: string): LogFormats {
  const formats = new Map<string, string>([['CLF', '%h %l %u %t "%r" %>s %b']]);
  const logs: [path: string, format: string][] = [];
  for (const line of settings.split('\n')) {
    const match = DIRECTIVE.exec(line);
    if (match === null) continue;
    const [, name, value] = match as unknown as [string, string, string];
    if (name === 'LogFormat') {
      const quoted = QUOTED.exec(value);
      if (quoted !== null) formats.set(quoted[2] ?? '', unescape(quoted[1]!));
    } else {
      const [path, ...rest] = value.split(/\s+/);
      const format = rest.join(' ');
      const inline = QUOTED.exec(format);
      if (path !== undefined)
        logs.push([path.replaceAll('"', ''), inline === null ? `@${rest[0] ?? ''}` : unescape(inline[1]!)]);
    }
  }
  const byPath = new Map<string, string>();
  for (const [path, format] of logs) {
    const resolved = format.startsWith('@') ? formats.get(format.slice(1)) : format;
    if (resolved !== undefined) byPath.set(path, resolved);
  }
  return byPath;
}

/** The host path of a log member, as the manifest notes it. */
export function logPath(manifest: Manifest, member: string): string | null {
  const note = manifest.probes.find((probe) => probe.member === member)?.note;
  return /(?:^|\s)path=(.*?)(?=\s+(?:inode|offset|left_out)=|$)/.exec(note ?? '')?.[1] ?? null;
}

function unescape(text: string): string {
  return text.replace(/\\(["\\])/g, '$1');
}
