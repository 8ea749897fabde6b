/*
 * Written by the collector, fields set apart by tabs.
 *
 * version	Server MPM	prefork
 * directive	-	ListenBacklog	64	/etc/apache2/ports.conf:5
 * directive	<VirtualHost *:80>/<Location /app>	ProxyPass	http://10.77.128.10:9000/app	/etc/apache2/sites/a.conf:3
 */
import { ascii, equals, indexOfByte, lastIndexOfByte } from '../../base/bytes.ts';
import type { TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';

const TAB = 9;
const VERSION = ascii('version');
const DIRECTIVE = ascii('directive');

/** Reads versions and directives into the `setting` table. */
export class ApacheSettingsParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #key: TextColumn;
  readonly #value: TextColumn;
  readonly #scope: TextColumn;
  readonly #origin: TextColumn;

  constructor(table: TableBuilder) {
    this.#table = table;
    this.#key = table.text('key');
    this.#value = table.text('value');
    this.#scope = table.text('scope');
    this.#origin = table.text('origin');
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    if (start === end) return KNOWN;
    const first = indexOfByte(bytes, TAB, start, end);
    const second = first < 0 ? -1 : indexOfByte(bytes, TAB, first + 1, end);
    if (second < 0) return 'fewer than three fields';
    if (equals(bytes, start, first, VERSION)) {
      this.#scope.setBytes(VERSION, 0, VERSION.length);
      this.#key.setBytes(bytes, first + 1, second);
      this.#value.setBytes(bytes, second + 1, end);
      this.#table.next();
      return ROW;
    }
    if (!equals(bytes, start, first, DIRECTIVE)) return 'neither version nor directive';
    const third = indexOfByte(bytes, TAB, second + 1, end);
    const last = lastIndexOfByte(bytes, TAB, second + 1, end);
    if (third < 0 || last === third) return 'directive of fewer than five fields';
    this.#scope.setBytes(bytes, first + 1, second);
    this.#key.setBytes(bytes, second + 1, third);
    this.#value.setBytes(bytes, third + 1, last);
    this.#origin.setBytes(bytes, last + 1, end);
    this.#table.next();
    return ROW;
  }
}
