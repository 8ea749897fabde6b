/** Small tables that hold a run as counts, and their columns. */
export const STAGE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sim_sample: {
    id: 'INTEGER',
    host: 'VARCHAR',
    at_s: 'DOUBLE',
    interval: 'DOUBLE',
    boot: 'VARCHAR',
    queue: 'INTEGER',
    backlog: 'INTEGER',
    busy: 'INTEGER',
    idle: 'INTEGER',
    letter: 'VARCHAR',
    answered: 'BOOLEAN',
    most: 'INTEGER',
    drops: 'BIGINT',
    last: 'BOOLEAN',
  },
  sim_setting: { id: 'INTEGER', host: 'VARCHAR', key: 'VARCHAR', value: 'VARCHAR', sysctl: 'BOOLEAN' },
  sim_counter: { id: 'INTEGER', host: 'VARCHAR', at_s: 'DOUBLE', name: 'VARCHAR', value: 'BIGINT' },
  sim_coverage: { id: 'INTEGER', host: 'VARCHAR', at_s: 'DOUBLE', source: 'VARCHAR', status: 'VARCHAR' },
  sim_socket: {
    id: 'INTEGER',
    host: 'VARCHAR',
    at_s: 'DOUBLE',
    place: 'INTEGER',
    state: 'VARCHAR',
    side: 'VARCHAR',
    peer: 'VARCHAR',
    owned: 'BOOLEAN',
    tracked: 'VARCHAR',
    count: 'INTEGER',
  },
  sim_elsewhere: { id: 'INTEGER', host: 'VARCHAR', at_s: 'DOUBLE', count: 'INTEGER' },
  sim_request: {
    id: 'INTEGER',
    host: 'VARCHAR',
    at_s: 'DOUBLE',
    span: 'DOUBLE',
    count: 'INTEGER',
    path: 'VARCHAR',
    status: 'INTEGER',
    durationS: 'DOUBLE',
    client: 'VARCHAR',
  },
  sim_error: {
    id: 'INTEGER',
    host: 'VARCHAR',
    at_s: 'DOUBLE',
    span: 'DOUBLE',
    count: 'INTEGER',
    level: 'VARCHAR',
    code: 'VARCHAR',
    errno: 'INTEGER',
    message: 'VARCHAR',
    delayS: 'DOUBLE',
  },
  sim_kernel: {
    id: 'INTEGER',
    host: 'VARCHAR',
    at_s: 'DOUBLE',
    span: 'DOUBLE',
    event: 'VARCHAR',
    message: 'VARCHAR',
    port: 'INTEGER',
  },
};

const when = (seconds: string) => `timestamp '2026-01-05 06:00:00' + to_microseconds((1e6 * (${seconds}))::bigint)`;
const client = (number: string) => `'10.1.' || ((${number}) // 200) % 4 || '.' || 1 + (${number}) % 200`;
/** The first sample after a log line was written holds it. */
const inSample = (lines: string) =>
  `from (${lines}) as l asof join sim_sample as s on s.host = l.host and ${when('s.at_s')} >= l.written`;

/** From counts to rows, one statement a table. */
export const EXPAND: readonly string[] = [
  `insert into capture by name
   select id as capture_id, 'sim' as run, host, boot as boot_id, ${when('at_s')} as ts, 'sample-' || id as source_path, 's' || id as sha256, interval as interval_s,
     '6.1.0' as kernel, 2 as cpus, 0 as zone_offset_min
   from sim_sample`,
  `insert into coverage by name
   select id as capture_id, host, ${when('at_s')} as ts, source, case source when 'apache-status' then 'server-status.txt' else source end as member, status,
     1 as lines, 1 as rows, 0 as rejects, 1 as bytes
   from sim_coverage`,
  `insert into sysctl by name select id as capture_id, host, ${when('0')} as ts, key, value from sim_setting where sysctl`,
  `insert into setting by name
   select id as capture_id, host, ${when('0')} as ts, key, value, '-' as scope, 'httpd.conf:1' as origin from sim_setting where not sysctl`,
  `insert into socket by name
   select id as capture_id, host, ${when('at_s')} as ts, 'tcp' as netid, 'LISTEN' as state, queue as recv_q, backlog as send_q, '*' as local_addr, 80 as local_port,
     '*' as peer_addr, null as peer_port, 6 as family, 10 as inode
   from sim_sample`,
  `create or replace temp table sim_connection as
   select *, case side when 'out' then split_part(peer, ':', 1)
       else case peer when 'client' then ${client('17 * place + i')}
         when 'stranger' then '172.' || hash(id, i, place) % 200 || '.' || hash(i, id, 1) % 250 || '.' || hash(i, id, 2) % 250 else peer end end as peer_addr,
     case side when 'out' then split_part(peer, ':', 2)::integer else 1024 + (7919 * place + i) % 64000 end as peer_port,
     case side when 'out' then 32768 + (997 * place + i) % 28000 else 80 end as local_port
   from (select *, unnest(range(count)) as i from sim_socket)`,
  `insert into socket by name
   select id as capture_id, host, ${when('at_s')} as ts, 'tcp' as netid, state, 0 as recv_q, 0 as send_q, '10.0.0.1' as local_addr, local_port, peer_addr, peer_port,
     case side when 'in' then 6 else 4 end as family, case when owned then 1000 + 1000 * place + i else 0 end as inode
   from sim_connection`,
  `insert into conntrack by name
   select id as capture_id, host, ${when('at_s')} as ts, 'ipv4' as l3proto, 'tcp' as l4proto, tracked as state, 60 as timeout_s,
     case side when 'in' then peer_addr else '10.0.0.1' end as src, case side when 'in' then '10.0.0.1' else peer_addr end as dst,
     case side when 'in' then peer_port else local_port end as sport, case side when 'in' then local_port else peer_port end as dport,
     tracked <> 'SYN_RECV' as assured, false as unreplied
   from sim_connection where tracked is not null
   union all by name
   select id as capture_id, host, ${when('at_s')} as ts, 'ipv4' as l3proto, 'tcp' as l4proto, case i % 3 when 0 then 'ESTABLISHED' else 'TIME_WAIT' end as state, 60 as timeout_s,
     ${client('i')} as src, '10.0.0.1' as dst, 1024 + i % 60000 as sport, 22 as dport, true as assured, false as unreplied
   from (select *, unnest(range(count)) as i from sim_elsewhere)`,
  `insert into conntrack_fill by name
   select s.id as capture_id, s.host, ${when('s.at_s')} as ts, least(s.most, coalesce(c.entries, 0)) as entries, s.most as max_entries
   from sim_sample as s left join (select capture_id, count(*) as entries from conntrack group by all) as c on c.capture_id = s.id`,
  `insert into conntrack_stat by name
   select id as capture_id, host, ${when('at_s')} as ts, cpu, 0 as found, 0 as invalid, 0 as insert_failed, case cpu when 0 then drops else 0 end as dropped, 0 as early_drop
   from sim_sample, range(2) as c (cpu)`,
  `insert into counter by name select id as capture_id, host, ${when('at_s')} as ts, name, value from sim_counter`,
  `insert into apache_status by name
   select id as capture_id, host, ${when('at_s')} as ts, busy as busy_workers, idle as idle_workers, 'prefork' as mpm, case letter when 'R' then busy else 0 end as reading,
     case letter when 'W' then busy else 0 end as sending, case letter when 'K' then busy else 0 end as keepalive, 0 as closing, case letter when 'G' then busy else 0 end as graceful
   from sim_sample where answered`,
  `insert into access_log by name
   select s.id as capture_id, l.host, l.ts, l.written as end_ts, l.who as client, 'GET' as method, l.path, l.status, l.took_us as duration_us,
     'logs/access/access.log' as member, row_number() over () as line_no
   ${inSample(`select *, ts + to_microseconds(took_us) as written from (
     select *, date_trunc('second', ${when('at_s - span * (i + 0.5) / count')}) as ts,
       (1e6 * durationS * (case when durationS >= 10 then 1 else 0.6 + (hash(id, i, path) % 1000) / 1000.0 end))::bigint as took_us,
       coalesce(client, ${client('(hash(id, i) % 600)::integer')}) as who
     from (select *, unnest(range(count)) as i from sim_request))`)}`,
  `insert into error_log by name
   select s.id as capture_id, l.host, l.written as ts, 'proxy' as module, l.level, 100 + l.i as pid, ${client('l.i')} as client, l.code, l.errno, l.message,
     'logs/error/error.log' as member, row_number() over () as line_no
   ${inSample(`select *, ${when('at_s - span * (i + 0.5) / count + delayS')} as written from (select *, unnest(range(count)) as i from sim_error)`)}`,
  `insert into kernel_log by name
   select s.id as capture_id, l.host, l.written as ts, l.event, l.message, l.port as event_port, 'dmesg.txt' as member, row_number() over () as line_no
   ${inSample(`select *, ${when('at_s - span / 2')} as written from sim_kernel`)}`,
];
