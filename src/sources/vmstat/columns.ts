import type { Column } from '../../base/table.ts';

/** What a heading of vmstat fills: the column, and what its number is multiplied with (`unit`: bytes of the unit in use). */
export const HEADINGS: Readonly<Record<string, readonly [column: string, factor: number | 'unit']>> = {
  r: ['running', 1],
  b: ['blocked', 1],
  swpd: ['swapped_bytes', 'unit'],
  free: ['free_bytes', 'unit'],
  buff: ['buffer_bytes', 'unit'],
  cache: ['cache_bytes', 'unit'],
  inact: ['inactive_bytes', 'unit'],
  active: ['active_bytes', 'unit'],
  si: ['swap_in_bytes', 'unit'],
  so: ['swap_out_bytes', 'unit'],
  bi: ['blocks_in', 1],
  bo: ['blocks_out', 1],
  in: ['interrupts', 1],
  cs: ['context_switches', 1],
  us: ['user_percent', 1],
  sy: ['system_percent', 1],
  id: ['idle_percent', 1],
  wa: ['wait_percent', 1],
  st: ['steal_percent', 1],
  gu: ['guest_percent', 1],
};

const COMMENTS: Readonly<Record<string, readonly [comment: string, nullWhen?: string]>> = {
  running: ['Threads running or waiting for a processor (r).'],
  blocked: ['Threads waiting uninterruptibly (b).'],
  swapped_bytes: ['Memory swapped out.'],
  free_bytes: ['Memory nobody uses.'],
  buffer_bytes: ['Memory used as buffers.', 'printed with -a'],
  cache_bytes: ['Memory used as cache.', 'printed with -a'],
  inactive_bytes: ['Memory not used of late.', 'printed without -a'],
  active_bytes: ['Memory used of late.', 'printed without -a'],
  swap_in_bytes: ['Read from swap, a second.'],
  swap_out_bytes: ['Written to swap, a second.'],
  blocks_in: ['Blocks of a kB read from disks, a second.'],
  blocks_out: ['Blocks of a kB written to disks, a second.'],
  interrupts: ['Interrupts, a second.'],
  context_switches: ['Context switches, a second.'],
  user_percent: ['Of all processor time: programs.'],
  system_percent: ['The kernel.'],
  idle_percent: ['Nothing to do.'],
  wait_percent: ['Nothing to do but waiting for disks.'],
  steal_percent: ['Taken by the hypervisor.'],
  guest_percent: ['Guests of this host; procps 4 prints it with -w.'],
};

/** The columns of the numbers, in the order of the headings. */
export const NUMBER_COLUMNS: readonly Column[] = Object.values(HEADINGS).map(([name, factor]) => {
  const [comment, nullWhen] = COMMENTS[name]!;
  return {
    name,
    type: name.endsWith('_percent') ? 'INTEGER' : 'BIGINT',
    ...(factor === 'unit' ? { unit: 'bytes' } : {}),
    comment,
    nullWhen: nullWhen ?? 'not printed',
  };
});
