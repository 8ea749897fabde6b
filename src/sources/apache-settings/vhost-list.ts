import { setLineText } from '../../base/line-text.ts';
import type { TableBuilder } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, ROW } from '../source.ts';

const ADDRESS = String.raw`(\S+:(?:\*|\d{1,5}))`;
const ORIGIN = String.raw`\((\S.*:\d{1,9})\)`;
const SEVERAL = new RegExp(`^${ADDRESS}\\s+is a NameVirtualHost$`);
const SINGLE = new RegExp(`^${ADDRESS}\\s+(\\S+) ${ORIGIN}$`);
const DEFAULT = new RegExp(`^\\s+default server \\S+ ${ORIGIN}$`);
const NAMED = new RegExp(`^\\s+port (\\*|\\d{1,5}) namevhost (\\S+) ${ORIGIN}$`);
const ALIAS = /^\s+(?:wild )?alias (\S+)$/;
const MOST_PORT = 65_535;

/** Reads the lines about virtual hosts. A host is written when the next one begins: its aliases come behind it. */
export class VhostList {
  readonly #table: TableBuilder;
  #address: string | null = null;
  #default = '';
  #aliases: string[] = [];
  #open = false;

  constructor(table: TableBuilder) {
    this.#table = table;
  }

  /** What became of the line; null when it is not about a virtual host. */
  line(text: string): LineOutcome | null {
    const alias = ALIAS.exec(text);
    if (alias !== null) {
      if (!this.#open) return 'alias without a virtual host';
      this.#aliases.push(alias[1]!);
      return KNOWN;
    }
    this.end();
    const several = SEVERAL.exec(text);
    if (several !== null) {
      this.#address = several[1]!;
      this.#default = '';
      return KNOWN;
    }
    const byDefault = DEFAULT.exec(text);
    if (byDefault !== null) {
      this.#default = byDefault[1]!;
      return KNOWN;
    }
    const named = NAMED.exec(text);
    if (named !== null) {
      if (this.#address === null) return 'virtual host without an address';
      return this.#begin(this.#address, named[2]!, named[3]!, named[3] === this.#default);
    }
    const single = SINGLE.exec(text);
    return single === null ? null : this.#begin(single[1]!, single[2]!, single[3]!, true);
  }

  /** Writes the host that is open, if any. */
  end(): void {
    if (!this.#open) return;
    if (this.#aliases.length > 0) setLineText(this.#table.text('aliases'), this.#aliases.join(' '));
    this.#table.next();
    this.#open = false;
    this.#aliases = [];
  }

  #begin(address: string, name: string, origin: string, isDefault: boolean): LineOutcome {
    const port = Number(address.slice(address.lastIndexOf(':') + 1));
    if (port > MOST_PORT) return 'no such port';
    if (!Number.isNaN(port)) this.#table.number('port').set(port);
    setLineText(this.#table.text('address'), address);
    setLineText(this.#table.text('server_name'), name);
    setLineText(this.#table.text('origin'), origin);
    this.#table.number('is_default').set(isDefault ? 1 : 0);
    this.#open = true;
    return ROW;
  }
}
