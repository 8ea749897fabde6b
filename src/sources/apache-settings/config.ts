/*
 * Configuration files of Apache 2.2 and 2.4: httpd.conf, apache2.conf and what they include (seen: Debian 12).
 *
 * # a comment
 * Timeout 300
 * <VirtualHost *:80>
 *     LogFormat "%h %l %u %t \"%r\" %>s %O" \
 *         timed
 *     <Location "/app">
 *         ProxyPass http://10.77.128.10:9000/app secret=hunter2
 *     </Location>
 * </VirtualHost>
 *
 * A line that ends in a backslash goes on in the next; Apache joins them before it looks for comments. Variables and
 * conditions stay as written: another file may set them.
 *
 * https://httpd.apache.org/docs/2.4/configuring.html
 */
import { lineText, setLineText } from '../../base/line-text.ts';
import type { TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';
import { hideSecrets } from './secrets.ts';

const DIRECTIVE = /^([A-Za-z_][\w:.-]{0,99})(?:\s+(.*))?$/;
const SECTION = /^<([A-Za-z]\w{0,99})(?:\s+([^]*?))?\s*>?$/;
/** Blanks in a row, or one that is no space. */
const UNEVEN = /\s\s|[^\S ]/;
/** A logical line longer than this is cut; Apache itself reads at most 16 MB. */
const MOST_TEXT = 65_536;
const MOST_DEPTH = 64;

/** Reads directives with the sections around them into the `setting` table. */
export class ApacheConfigParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #key: TextColumn;
  readonly #value: TextColumn;
  readonly #scope: TextColumn;
  readonly #origin: TextColumn;
  readonly #file: string;
  readonly #sections: string[] = [];
  #begun = '';
  #lastLineNo = 0;

  /** `file` is the path on the host. */
  constructor(table: TableBuilder, file: string) {
    this.#table = table;
    this.#key = table.text('key');
    this.#value = table.text('value');
    this.#scope = table.text('scope');
    this.#origin = table.text('origin');
    this.#file = file;
  }

  line(bytes: Uint8Array, start: number, end: number, lineNo: number): LineOutcome {
    this.#lastLineNo = lineNo;
    const text = lineText(bytes, start, end);
    if (text.endsWith('\\')) {
      if (this.#begun.length < MOST_TEXT) this.#begun += `${text.slice(0, -1)} `;
      return KNOWN;
    }
    const whole = this.#begun + text;
    this.#begun = '';
    return this.#logicalLine(whole.slice(0, MOST_TEXT));
  }

  /** A backslash on the last line has nothing to go on with. */
  end(): void {
    if (this.#begun !== '') this.#logicalLine(this.#begun);
  }

  #logicalLine(whole: string): LineOutcome {
    const trimmed = whole.trim();
    if (trimmed === '' || trimmed.startsWith('#')) return KNOWN;
    const text = UNEVEN.test(trimmed) ? trimmed.replace(/\s+/g, ' ') : trimmed;
    if (text.startsWith('</')) {
      this.#sections.pop();
      return KNOWN;
    }
    if (text.startsWith('<')) return this.#open(text);
    const [, key, value = ''] = DIRECTIVE.exec(text) ?? [];
    if (key === undefined) return 'not a directive';
    this.#key.setText(key);
    setLineText(this.#value, hideSecrets(key, value));
    setLineText(this.#scope, this.#sections.length === 0 ? '-' : this.#sections.join('/'));
    setLineText(this.#origin, `${this.#file}:${this.#lastLineNo}`);
    this.#table.next();
    return ROW;
  }

  #open(text: string): LineOutcome {
    const [, name, argument] = SECTION.exec(text) ?? [];
    if (name === undefined) return 'not a section';
    if (this.#sections.length === MOST_DEPTH) return 'sections too deep';
    this.#sections.push(argument === undefined || argument === '' ? `<${name}>` : `<${name} ${argument}>`);
    return KNOWN;
  }
}
