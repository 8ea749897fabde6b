/** DuckDB types a source may use. Integers past 2^53 lose their lowest bits: counters stay good to a few bytes in 10^16. */
export type ColumnType = 'BOOLEAN' | 'INTEGER' | 'BIGINT' | 'DOUBLE' | 'TIMESTAMP' | 'VARCHAR';

/** One column of a table: what it holds, in which unit, and why it may be null. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** `ms`, `us`, `bytes`, `pages`, `packets`, …; absent for names, states and plain counts. */
  readonly unit?: string;
  /** One sentence, shown as `COMMENT ON COLUMN` and in the schema reference. */
  readonly comment: string;
  /** Why the value may be missing; a column without it is never null. */
  readonly nullWhen?: string;
}

/**
 * A table of the case file, as its source declares it.
 * The store adds `capture_id INTEGER` and `host VARCHAR` to every table, and `ts TIMESTAMP` (UTC, the
 * capture's time) where the rows carry no time of their own.
 */
export interface Table {
  readonly name: string;
  readonly comment: string;
  readonly columns: readonly Column[];
  /**
   * Columns that make a row the same row when it is seen again in a later capture (a ring buffer read twice).
   * `host` is always part of it. Absent: every capture's rows stand.
   */
  readonly uniqueBy?: readonly string[];
  /**
   * The columns of `uniqueBy` are a file and a place in it: only files of which captures overlap need to be compared row
   * by row, and rows of one capture are never the same.
   */
  readonly isPlaced?: boolean;
  /** Several logs may hold one row, each with a time of its own: how to tell. Only for tables with `uniqueBy`. */
  readonly sights?: Sights;
}

/** The columns that tell whether two logs hold the same message. */
export interface Sights {
  /** What is said. */
  readonly text: string;
  /** Begins with `@` where it is a printed time, and not the writer's own stamp. */
  readonly moment: string;
  /** Member that holds the line: which log it is. */
  readonly log: string;
  /** Smallest step of the printed time, milliseconds. */
  readonly step: string;
  /** Boot the stamp counts from. */
  readonly boot: string;
  /** Host the line names; lines of other hosts than the capture's are left alone. */
  readonly logHost: string;
}
