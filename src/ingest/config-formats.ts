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
  readonly #lines: string[] = [];
  #bytes = 0;
  #vhosts = 0;

  /** Files past the limit say nothing. */
  add(text: string): void {
    this.#bytes += text.length;
    if (this.#bytes > ALL_BYTES) return;
    let scope = '-';
    for (const line of text.replace(/\\\r?\n/g, ' ').split('\n')) {
      const trimmed = line.trim();
      const vhost = VHOST.exec(trimmed);
      if (vhost !== null) scope = vhost[1] === '/' ? '-' : `<VirtualHost ${++this.#vhosts}>`;
      const [, name, value] = DIRECTIVE.exec(trimmed) ?? [];
      if (name === undefined) continue;
      this.#lines.push(`directive\t${scope}\t${NAMES.get(name.toLowerCase())}\t${value!.replaceAll('\t', ' ')}\t-`);
    }
  }

  formats(): LogFormats {
    return readLogFormats(this.#lines.join('\n'));
  }
}
