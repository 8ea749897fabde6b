/*
 * What `apachectl` (`apache2ctl`, `httpd`) says of its build and configuration: -V, -v, -S, -M, -l, -t,
 * -t -D DUMP_VHOSTS, DUMP_RUN_CFG, DUMP_INCLUDES (seen: 2.4.71).
 *
 * Server version: Apache/2.4.71 (Debian)
 *  -D HTTPD_ROOT="/etc/apache2"
 * *:80                   is a NameVirtualHost
 *          port 80 namevhost shop.example.com (/etc/apache2/sites-enabled/shop.conf:2)
 *                  alias www.shop.example.com
 *  core_module (static)
 * AH00558: apache2: Could not reliably determine the server's fully qualified domain name, using 127.0.0.1.
 *
 * https://httpd.apache.org/docs/2.4/programs/httpd.html
 */
import { lineText, setLineText } from '../../base/line-text.ts';
import type { TableBuilder } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';
import { VhostList } from './vhost-list.ts';

const LONGEST_LINE = 16_384;
const TITLE =
  /^(?:Server compiled with|Loaded Modules:|Compiled in modules:|VirtualHost configuration:|wildcard NameVirtualHosts and _default_ servers:|Included configuration files:)/;

/** Lines that become a row of `setting`: pattern with key and value, and their scope. The first that fits is taken. */
const SETTINGS: readonly (readonly [scope: string, pattern: RegExp])[] = [
  ['version', /^(Server(?: version| built| loaded|'s Module Magic Number| MPM)|Compiled using|Architecture):\s+(.*)$/],
  ['version', /^\s+(threaded|forked):\s+(.*)$/],
  ['compiled', /^ -D ([A-Za-z]\w*)(?:=| (?=\())?"?(.*?)"?$/],
  ['module', /^ {1,2}(\w+_module) \((static|shared)\)$/],
  ['module', /^ {2}([\w-]+\.c)()$/],
  ['include', /^ *\((\*|\d+)\) (\/.*)$/],
  ['message', /^(?:\[[^\]]*\] )*(AH\d{5}): (.*)$/],
  ['message', /^(Syntax) (OK|error .*)$/],
  ['message', /^((?:httpd|apache2|apachectl|apache2ctl)): (.*)$/],
  ['run', /^([A-Z][A-Za-z]*(?: [\w-]+)?): ?(.*)$/],
];

/** Reads the answers into `setting` and `apache_vhost`. */
export class ApachectlParser implements LineParser {
  readonly #settings: TableBuilder;
  readonly #vhosts: VhostList;

  constructor(settings: TableBuilder, vhosts: TableBuilder) {
    this.#settings = settings;
    this.#vhosts = new VhostList(vhosts);
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    if (end - start > LONGEST_LINE) return 'longer than any line of apachectl';
    const text = lineText(bytes, start, end).trimEnd();
    if (text === '' || TITLE.test(text)) return KNOWN;
    const vhost = this.#vhosts.line(text);
    if (vhost !== null) return vhost;
    for (const [scope, pattern] of SETTINGS) {
      const found = pattern.exec(text);
      if (found === null) continue;
      this.#settings.text('scope').setText(scope);
      setLineText(this.#settings.text('key'), found[1]!);
      setLineText(this.#settings.text('value'), found[2]!);
      this.#settings.next();
      return ROW;
    }
    return 'not a line of apachectl';
  }

  end(): void {
    this.#vhosts.end();
  }
}
