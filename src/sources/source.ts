import type { Table } from '../base/table.ts';
import type { TableBuilder } from '../base/table-builder.ts';
import type { Zone } from '../base/zone.ts';

/** The line became a row (or several), or completed one. */
export const ROW = 1;
/** The line is known to carry no row: a header, a blank, a section title. */
export const KNOWN = 0;
/** What a parser says of a line: `ROW`, `KNOWN`, or why it could not be read (a short constant phrase). */
export type LineOutcome = typeof ROW | typeof KNOWN | string;

/** What a parser may know about the member it reads. All times are of the sick host. */
export interface MemberContext {
  /** Name inside the capture, `logs/access/access.log`. */
  readonly member: string;
  /** The file whose content the lines are, where a command in the member printed it (`$ cat /proc/pressure/cpu`). */
  readonly printed?: string;
  /** Time of the sample, microseconds since 1970 UTC. */
  readonly captureTsUs: number;
  /** Zone of the host, for texts that print local time without one. */
  readonly zone: Zone;
  /** Seconds since boot at the time of the sample; null when the capture does not say. */
  readonly uptimeS: number | null;
  /** Boot id; null when the capture does not say. */
  readonly bootId: string | null;
  /** LogFormat string of this file, as the user or the captured Apache configuration says; null: recognise it from the lines. */
  readonly logFormat: string | null;
  /** ErrorLogFormat string of this file, with those for requests and connections, one a line; null: Apache's default. */
  readonly errorLogFormat: string | null;
  /** The part of a log file this member is, where the manifest says it; null: told by its content. */
  readonly slice: Slice | null;
}

/** The tables a parser writes to; `of` throws for a table the source does not declare. */
export interface Tables {
  of(table: string): TableBuilder;
}

/** A part of a log file. */
export interface Slice {
  /** The file on the host, whatever its name was. */
  readonly inode: string;
  /** Where in the file the part begins, in bytes. */
  readonly offset: number;
}

/**
 * Reads one member line by line. Never throws, whatever the bytes: a bad line is named by the outcome.
 * `bytes[start, end)` is the line without its line feed and carriage return; it is only valid during the call.
 * `offset` says how many bytes of the member lie before it.
 */
export interface LineParser {
  line(bytes: Uint8Array, start: number, end: number, lineNo: number, offset: number): LineOutcome;
  /** Called once after the last line; closes a row that waited for more lines. */
  end?(): void;
}

/** Something that several outputs tell. */
export interface Fact {
  readonly name: string;
  readonly rank: number;
  /**
   * What of the fact the member of this name, or the output of this command, tells, a letter each: of several that tell
   * the same the richest is read. `sight` is the beginning and the end of the file, for names that say nothing; empty where the
   * file holds more than this output. Absent: a fact may lie in several members, and all are read.
   */
  readonly tells?: (member: string, sight: string) => string;
  /** Members that are only read where no other tells the same. */
  readonly lesser?: RegExp;
}

/** A kind of evidence, declared in one place: what it is, which members hold it, its tables, its parser. */
export interface Source {
  /** Folder name under `src/sources`, and the `source` of coverage rows: `ss`, `netstat-s`. */
  readonly id: string;
  readonly title: string;
  /** Man page or specification. */
  readonly docs: string;
  /** Globs over member names (`*` within a name, `**` over folders); ours first. */
  readonly members: readonly string[];
  /**
   * A line that only this output begins with, for files whose names say nothing and for several outputs pasted into
   * one file: a header where there is one, else a first line of an unmistakable shape. Bounded, as every line of such
   * a file is tried. Absent: known by the member's name alone.
   */
  readonly opening?: RegExp;
  /**
   * Sources with the same fact are alternatives within one capture: the one with the lowest rank that has a
   * readable member is used, the others are noted as skipped. Absent: always read.
   */
  readonly fact?: Fact;
  /** Lines of this output that another one begins with. */
  readonly keeps?: RegExp;
  /** The tool prints its opening again between its lines: it begins no other output. */
  readonly opensAgain?: boolean;
  /** A file that people write, with comments behind `#` or `;`: they are neither prompts nor lost, and tell it from the output of a tool. */
  readonly hasComments?: boolean;
  readonly tables: readonly Table[];
  parse(context: MemberContext, tables: Tables): LineParser;
}
