import type { Table } from '../../base/table.ts';
import type { Source } from '../source.ts';
import { FreeParser } from './free.ts';
import { MemoryParser } from './parse.ts';

const MEMORY_TABLE: Table = {
  name: 'memory',
  comment: 'A line of /proc/meminfo, or a number of free.',
  columns: [
    {
      name: 'key',
      type: 'VARCHAR',
      comment:
        'MemTotal, MemAvailable, SwapFree, Active(anon), …; of free also what meminfo has no name for: Mem used.',
    },
    {
      name: 'value_bytes',
      type: 'BIGINT',
      unit: 'bytes',
      comment:
        'Size in bytes; HugePages_* are numbers of pages, the only lines printed without a unit. free does not print ' +
        'its unit: it is taken from the name of the file (free-m), else from the size of MemTotal.',
    },
  ],
};

const meminfo: Source = {
  id: 'memory',
  title: 'Memory (/proc/meminfo)',
  docs: 'https://docs.kernel.org/filesystems/proc.html#meminfo',
  members: ['proc-meminfo.txt', 'meminfo.txt', '**/proc/meminfo', 'proc/meminfo', '*-meminfo'],
  opening: /^MemTotal: +\d{1,16} kB$/,
  fact: { name: 'memory', rank: 0, tells: () => 'm' },
  tables: [MEMORY_TABLE],
  parse: (_context, tables) => new MemoryParser(tables.of('memory')),
};

const free: Source = {
  id: 'memory-free',
  title: 'Memory (free)',
  docs: 'https://man7.org/linux/man-pages/man1/free.1.html',
  members: ['free*.txt', '**/sos_commands/memory/free*', '**/sos_commands/memory/*free_-*'],
  opening: /^ {5,30}total {1,20}used {1,20}free {1,20}(?:shared|buff)/,
  fact: { name: 'memory', rank: 1, tells: () => 'm' },
  tables: [MEMORY_TABLE],
  parse: ({ member }, tables) => new FreeParser(tables.of('memory'), member),
};

/** How the memory of the host is used. */
export const sources: readonly Source[] = [meminfo, free];
