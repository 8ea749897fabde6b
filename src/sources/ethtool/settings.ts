/*
 * `ethtool IF`, `-g`, `-l`, `-k`, `-c`, `-a`, `-i` (seen: ethtool 6.1 with veth and virtio; the rest from its source): a title with the
 * interface, then a setting a line. Rings and channels come twice, first what the card could have. -i has no title.
 *
 * Ring parameters for eth0:
 * Pre-set maximums:
 * RX:             4096
 * Current hardware settings:
 * RX:             256
 * Features for eth0:
 * rx-checksumming: on [fixed]
 *         tx-checksum-ipv4: off [requested on]
 * Settings for eth0:
 *         Supported link modes:   10baseT/Half 10baseT/Full
 *                                 1000baseT/Full
 *         Speed: 1000Mb/s
 *
 * https://man7.org/linux/man-pages/man8/ethtool.8.html
 */
import { trimmedEnd } from '../../base/bytes.ts';
import type { TableBuilder, TextColumn } from '../../base/table-builder.ts';
import { KNOWN, type LineOutcome, type LineParser, ROW } from '../source.ts';

const DECODER = new TextDecoder();
const LONGEST = 1024;
const TITLE = /^([A-Z][a-z]+)(?: parameters)? for (\S+):$/;
const KINDS: Readonly<Record<string, string>> = {
  Settings: 'link',
  Ring: 'ring',
  Channel: 'channel',
  Features: 'feature',
  Offload: 'feature',
  Coalesce: 'coalesce',
  Pause: 'pause',
};
const NOTHING = /^(?:No data available|Cannot get |netlink error: )/;
const SETTING = /^\s*([^:]{1,80}?)\s*:\s*(.*)$/;
const DRIVER = /^driver: /;
const FEATURE = /^(\S+)\s+\[(.*)\]$/;
/** Adaptive RX: off  TX: off */
const ADAPTIVE = /^Adaptive RX: (\S+)\s+TX: (\S+)$/;
const CONTINUED = /^\s{8,}\S/;

interface Setting {
  readonly key: string;
  value: string;
}

/** Reads what ethtool says of settings into the `nic_setting` table; a row is closed by the next line. */
export class EthtoolSettingsParser implements LineParser {
  readonly #table: TableBuilder;
  readonly #text: Readonly<Record<'interface' | 'kind' | 'key' | 'value' | 'maximum' | 'note', TextColumn>>;
  #interface: string | null;
  #kind = '';
  #open: Setting | null = null;
  /** Pre-set maximums of the rings or channels. */
  readonly #maximums = new Map<string, string>();
  #inMaximums = false;

  constructor(interfaceName: string | null, table: TableBuilder) {
    this.#interface = interfaceName;
    this.#table = table;
    this.#text = {
      interface: table.text('interface'),
      kind: table.text('kind'),
      key: table.text('key'),
      value: table.text('value'),
      maximum: table.text('maximum'),
      note: table.text('note'),
    };
  }

  line(bytes: Uint8Array, start: number, end: number): LineOutcome {
    const text = DECODER.decode(bytes.subarray(start, Math.min(trimmedEnd(bytes, start, end), start + LONGEST)));
    if (text.trim() === '' || NOTHING.test(text.trim())) return KNOWN;
    const title = TITLE.exec(text);
    if (title !== null && Object.hasOwn(KINDS, title[1]!)) {
      this.#begin(KINDS[title[1]!]!, title[2]!);
      return KNOWN;
    }
    if (DRIVER.test(text)) this.#begin('driver', this.#interface);
    if (this.#kind === '') return 'setting without a title before it';
    if (text === 'Pre-set maximums:' || text === 'Current hardware settings:') {
      this.end();
      this.#inMaximums = text.startsWith('Pre');
      return KNOWN;
    }
    return this.#setting(text);
  }

  /** Closes the last setting. */
  end(): void {
    const open = this.#open;
    this.#open = null;
    if (open === null) return;
    const feature = this.#kind === 'feature' ? FEATURE.exec(open.value) : null;
    if (this.#interface !== null) this.#text.interface.setText(this.#interface);
    this.#text.kind.setText(this.#kind);
    this.#text.key.setText(open.key);
    this.#text.value.setText(feature?.[1] ?? open.value);
    const maximum = this.#maximums.get(open.key);
    if (maximum !== undefined) this.#text.maximum.setText(maximum);
    if (feature !== null) this.#text.note.setText(feature[2]!);
    this.#table.next();
  }

  #begin(kind: string, interfaceName: string | null): void {
    this.end();
    this.#kind = kind;
    this.#interface = interfaceName;
    this.#maximums.clear();
    this.#inMaximums = false;
  }

  #setting(text: string): LineOutcome {
    const adaptive = this.#kind === 'coalesce' ? ADAPTIVE.exec(text) : null;
    if (adaptive !== null) {
      this.#hold('Adaptive RX', adaptive[1]!);
      this.#hold('Adaptive TX', adaptive[2]!);
      return ROW;
    }
    const match = SETTING.exec(text);
    if (match === null) {
      if (this.#open === null || !CONTINUED.test(text)) return 'not a setting of ethtool';
      this.#open.value += ` ${text.trim()}`;
      return ROW;
    }
    if (this.#inMaximums) {
      this.#maximums.set(match[1]!, match[2]!);
      return KNOWN;
    }
    this.#hold(match[1]!, match[2]!);
    return ROW;
  }

  #hold(key: string, value: string): void {
    this.end();
    this.#open = { key, value };
  }
}
