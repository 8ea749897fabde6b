import { TokenTable } from '../../base/token-table.ts';

/** Columns whose printed name is a word of SQL, or differs for clarity. */
const PRINTED: Readonly<Record<string, string>> = {
  inserted: 'insert',
  dropped: 'drop',
  created: 'new',
  ignored: 'ignore',
  deleted: 'delete',
};
/** The kernel's own header says these otherwise than the tool. */
const IN_PROC: Readonly<Record<string, string>> = {
  ...PRINTED,
  clash_resolve: 'clashres',
  chaintoolong: 'chainlength',
  error: 'icmp_error',
};

/** The printed names of these columns, in their order. */
export function keysOf(columns: readonly string[]): TokenTable {
  return new TokenTable(columns.map((name) => PRINTED[name] ?? name));
}

/** As `keysOf`, for the header in /proc. */
export function procKeysOf(columns: readonly string[]): TokenTable {
  return new TokenTable(columns.map((name) => IN_PROC[name] ?? name));
}
