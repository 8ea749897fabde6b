import type { Source } from '../source.ts';
import { MemoryParser } from './parse.ts';

/** How the memory of the host is used. */
export const source: Source = {
  id: 'memory',
  title: 'Memory (/proc/meminfo)',
  docs: 'https://docs.kernel.org/filesystems/proc.html#meminfo',
  members: ['proc-meminfo.txt', 'meminfo.txt', '**/proc/meminfo'],
  tables: [
    {
      name: 'memory',
      comment: 'A line of /proc/meminfo.',
      columns: [
        { name: 'key', type: 'VARCHAR', comment: 'MemTotal, MemAvailable, SwapFree, Active(anon), …' },
        {
          name: 'value_bytes',
          type: 'BIGINT',
          unit: 'bytes',
          comment: 'Size in bytes; HugePages_* are numbers of pages, the only lines printed without a unit.',
        },
      ],
    },
  ],
  parse: (_context, tables) => new MemoryParser(tables.of('memory')),
};
