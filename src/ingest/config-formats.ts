import { createHash } from 'node:crypto';
import { type LogFormats, readLogFormats } from './log-format.ts';

/** Source of the members that are configuration files of Apache. */
export const CONFIG_SOURCE = 'apache-config';
/** Of one file, and of all files of a host together. */
export const CONFIG_BYTES: number = 2 ** 20;
const ALL_BYTES = 16 * 2 ** 20;

const DIRECTIVE = /^(LogFormat|CustomLog|GlobalLog|TransferLog|ErrorLog|ErrorLogFormat)\s+(\S.*)$/i;
const NAMES: ReadonlyMap<string, string> = new Map(
  ['LogFormat', 'CustomLog', 'GlobalLog', 'TransferLog', 'ErrorLog', 'ErrorLogFormat'].map((name) => [
    name.toLowerCase(),
    name,
  ]),
);
const VHOST = /^<(\/?)VirtualHost\b/i;

/** What a host's configuration files, in any order, say of its logs: formats and logs are often in different files. */
export class ConfigFormats {
  /** By the file's path: every sample may hold all of them again. */
  readonly #files = new Map<string, { readonly digest: string; readonly lines: readonly string[] }>();
  #formats: LogFormats | null = null;
  #bytes = 0;
  #vhosts = 0;

  /** A file, or what has become of it. Files past the limit say nothing. */
  add(path: string, text: string): void {
    const digest = createHash('sha256').update(text).digest('base64');
    if (this.#files.get(path)?.digest === digest) return;
    this.#bytes += text.length;
    if (this.#bytes > ALL_BYTES) return;
    this.#formats = null;
    const lines: string[] = [];
    let scope = '-';
    for (const line of text.replace(/\\\r?\n/g, ' ').split('\n')) {
      const trimmed = line.trim();
      const vhost = VHOST.exec(trimmed);
      if (vhost !== null) scope = vhost[1] === '/' ? '-' : `<VirtualHost ${++this.#vhosts}>`;
      const [, name, value] = DIRECTIVE.exec(trimmed) ?? [];
      if (name === undefined) continue;
      lines.push(`directive\t${scope}\t${NAMES.get(name.toLowerCase())}\t${value!.replaceAll('\t', ' ')}\t-`);
    }
    this.#files.set(path, { digest, lines });
  }

  /** Read from all files when it is asked for after one that was new. */
  formats(): LogFormats {
    this.#formats ??= readLogFormats([...this.#files.values()].flatMap(({ lines }) => lines).join('\n'));
    return this.#formats;
  }
}
