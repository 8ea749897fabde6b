import type { Json } from '@duckdb/node-api';
import type { WhoGroup, WhoRow } from './document.ts';
import { numberAt, type Row, textAt } from './rows.ts';

/** What is counted, by population; every other one is a TCP state. */
const NOUN: Readonly<Record<string, { readonly noun: string; readonly unit: string }>> = {
  'accept-queue': { noun: 'Connections waiting for accept()', unit: 'sockets' },
  conntrack: { noun: 'Tracked connections', unit: 'entries' },
  requests: { noun: 'Requests', unit: 'requests' },
  'failed-requests': { noun: 'Requests answered 5xx', unit: 'requests' },
};
const SPLIT: Readonly<Record<string, string>> = {
  prefix: 'peer prefix',
  url: 'URL',
  vhost: 'virtual host',
  'user-agent': 'user agent',
};

/** Shapes one row of `queries/document/who.sql`. */
export function readWhoGroup(row: Row): WhoGroup {
  const of = textAt(row, 'population') ?? '';
  const by = textAt(row, 'split') ?? '';
  const { noun, unit } = NOUN[of] ?? { noun: `${of} sockets`, unit: 'sockets' };
  const names = JSON.parse(textAt(row, 'names') ?? '[]') as readonly Row[];
  const others = numberAt(row, 'other_names') ?? 0;
  return {
    host: textAt(row, 'host') ?? '',
    run: textAt(row, 'run') ?? '',
    of,
    by,
    title: `${noun} by ${SPLIT[by] ?? by}`,
    unit,
    fold: textAt(row, 'fold') === 'sum' ? 'sum' : 'mean',
    at: numbers(row['at_ms']),
    rows: names.map(readWhoRow),
    others: others > 0 ? { names: others, value: numbers(row['other_value']) } : null,
  };
}

function readWhoRow(item: Row): WhoRow {
  return {
    name: textAt(item, 'name') ?? '',
    kind: (textAt(item, 'kind') ?? 'none') as WhoRow['kind'],
    value: numbers(item['value']),
    before: numberAt(item, 'before'),
    during: numberAt(item, 'during') ?? 0,
    shareBefore: numberAt(item, 'share_before'),
    shareDuring: numberAt(item, 'share_during') ?? 0,
  };
}

function numbers(list: Json | undefined): number[] {
  return Array.isArray(list) ? list.map(Number) : [];
}
