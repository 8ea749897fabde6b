import type { Table } from '../base/table.ts';

/** One row a kernel counter. */
export const COUNTER_TABLE: Table = {
  name: 'counter',
  comment: "A counter of the kernel's network stack since boot (a few, such as TcpCurrEstab, are gauges).",
  columns: [
    {
      name: 'name',
      type: 'VARCHAR',
      comment: "The kernel's name, section and field run together: TcpExtListenOverflows, IpInDiscards, Ip6InReceives.",
    },
    { name: 'value', type: 'BIGINT', comment: 'The value; -1 where the kernel prints it for "no limit" (TcpMaxConn).' },
  ],
};
