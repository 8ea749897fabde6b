import { setLineText } from '../../base/line-text.ts';
import { Int64Column, type NumberColumn, type TableBuilder } from '../../base/table-builder.ts';
import { TextColumn } from '../../base/text-column.ts';
import { KNOWN, type LineOutcome, ROW } from '../source.ts';

/** A row of the page is three lines; its longest cell is the beginning of a request line. */
const MOST_TEXT = 65_536;
const MOST = 2_147_483_647;
const OPENING = '<table border="0"><tr><th>Srv</th>';
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" };

/** Column of each heading; what is not here is not kept. */
const COLUMNS: Readonly<Record<string, string>> = {
  Srv: 'slot',
  PID: 'pid',
  M: 'state',
  CPU: 'cpu_s',
  SS: 'since_s',
  Req: 'request_ms',
  Dur: 'duration_ms',
  Client: 'client',
  Protocol: 'protocol',
  VHost: 'vhost',
  Request: 'request',
};

/** Text of the cells (`td` or `th`) of a row, without the tags inside. */
export function cellsOf(row: string, tag: 'td' | 'th'): readonly string[] {
  return row
    .split(`<${tag}`)
    .slice(1)
    .map((cell) => {
      const text = cell.slice(cell.indexOf('>') + 1).replace(/<[^<>]*>/g, '');
      return text.replace(/&(\w{2,4}|#39);/g, (entity, name: string) => ENTITIES[name] ?? entity).trim();
    });
}

/** The table of workers: a header of two lines, then rows of three. */
export class WorkerTable {
  readonly #table: TableBuilder;
  readonly #columns: ReadonlyMap<string, NumberColumn | Int64Column | TextColumn>;
  #headings: readonly string[] | null = null;
  #begun = '';
  #open = false;

  constructor(table: TableBuilder) {
    this.#table = table;
    this.#columns = new Map(
      table.table.columns.map(({ name, type }) => [
        name,
        type === 'VARCHAR' ? table.text(name) : type === 'BIGINT' ? table.int64(name) : table.number(name),
      ]),
    );
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** Whether the table begins with this line. */
  opens(text: string): boolean {
    if (!text.startsWith(OPENING)) return false;
    this.#open = true;
    this.#begun = text.slice(OPENING.indexOf('<tr>'));
    return true;
  }

  line(text: string): LineOutcome {
    const isBegin = text.startsWith('<tr>');
    if (isBegin && this.#begun !== '') {
      this.#begun = text;
      return 'a row before it is not whole';
    }
    if (!isBegin && this.#begun === '') return 'not a row of the table of workers';
    if (this.#begun.length + text.length > MOST_TEXT) {
      this.#begun = '';
      return 'row too long';
    }
    this.#begun += text;
    if (!text.endsWith('</tr>')) return KNOWN;
    const row = this.#begun;
    this.#begun = '';
    if (this.#headings !== null) return this.#read(this.#headings, cellsOf(row, 'td'));
    this.#headings = cellsOf(row, 'th');
    return KNOWN;
  }

  #read(headings: readonly string[], cells: readonly string[]): LineOutcome {
    if (cells.length !== headings.length) return 'not as many cells as headings';
    for (const [i, heading] of headings.entries()) {
      const name = Object.hasOwn(COLUMNS, heading) ? COLUMNS[heading]! : null;
      const column = name === null ? undefined : this.#columns.get(name);
      if (column !== undefined && !this.#set(column, cells[i]!)) {
        this.#table.abandon();
        return `cannot read ${name}`;
      }
    }
    if (!this.#columns.get('slot')!.isSet || !this.#columns.get('state')!.isSet) {
      this.#table.abandon();
      return 'no slot or no state';
    }
    this.#table.next();
    return ROW;
  }

  /** Empty and `-` (a slot without process) is no value. */
  #set(column: NumberColumn | Int64Column | TextColumn, text: string): boolean {
    if (text === '' || text === '-') return true;
    if (column instanceof TextColumn) {
      setLineText(column, text);
      return true;
    }
    const value = /^(?:\d{1,15}(?:\.\d{1,9})?|\.\d{1,9})$/.test(text) ? Number(text) : -1;
    if (value < 0 || (column.name === 'pid' && value > MOST)) return false;
    column.set(column instanceof Int64Column || column.name === 'pid' ? Math.floor(value) : value);
    return true;
  }
}
