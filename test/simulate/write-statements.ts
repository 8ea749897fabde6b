import { SOURCES } from './moment.ts';

const AT = { run: 'VARCHAR', capture: 'INTEGER', id: 'INTEGER', host: 'VARCHAR', at_s: 'DOUBLE' };

/** Sources that are never missing. */
const ALWAYS = ['sysctl', 'apache-settings'];

/** Small tables that hold runs as counts, and their columns. */
export const STAGE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sim_sample: {
    ...AT,
    interval: 'DOUBLE',
    boot: 'VARCHAR',
    absent: 'VARCHAR',
    queue: 'INTEGER',
    backlog: 'INTEGER',
    busy: 'INTEGER',
    idle: 'INTEGER',
    letter: 'VARCHAR',
    answered: 'BOOLEAN',
    most: 'INTEGER',
    low_port: 'INTEGER',
    ports: 'INTEGER',
    orphans: 'INTEGER',
    pages: 'INTEGER',
    time_wait: 'INTEGER',
    in_use: 'INTEGER',
    memory: 'BIGINT',
    free: 'DOUBLE',
    worker: 'DOUBLE',
  },
  sim_setting: { ...AT, key: 'VARCHAR', value: 'VARCHAR', sysctl: 'BOOLEAN' },
  sim_totals: { ...AT, names: 'VARCHAR[]', totals: 'BIGINT[]' },
  sim_listener: { ...AT, port: 'INTEGER' },
  sim_socket: {
    ...AT,
    key: 'INTEGER',
    first: 'INTEGER',
    state: 'VARCHAR',
    side: 'VARCHAR',
    port: 'INTEGER',
    peer: 'VARCHAR',
    owned: 'BOOLEAN',
    tracked: 'VARCHAR',
    count: 'INTEGER',
    process: 'VARCHAR',
    unreadBytes: 'BIGINT',
    unackedBytes: 'BIGINT',
    timer: 'VARCHAR',
    timerMs: 'BIGINT',
    retrans: 'INTEGER',
    received: 'BIGINT',
    sent: 'BIGINT',
    acked: 'BIGINT',
    silentMs: 'BIGINT',
    repeatShare: 'DOUBLE',
  },
  sim_elsewhere: { ...AT, count: 'INTEGER' },
  sim_request: {
    ...AT,
    span: 'DOUBLE',
    count: 'INTEGER',
    path: 'VARCHAR',
    status: 'INTEGER',
    durationS: 'DOUBLE',
    client: 'VARCHAR',
    agent: 'VARCHAR',
  },
  sim_error: {
    ...AT,
    span: 'DOUBLE',
    count: 'INTEGER',
    level: 'VARCHAR',
    code: 'VARCHAR',
    errno: 'INTEGER',
    message: 'VARCHAR',
    delayS: 'DOUBLE',
  },
  sim_kernel: {
    ...AT,
    span: 'DOUBLE',
    event: 'VARCHAR',
    message: 'VARCHAR',
    port: 'INTEGER',
    interface: 'VARCHAR',
    detail: 'VARCHAR',
  },
};

const when = (seconds: string) => `timestamp '2026-01-05 06:00:00' + to_microseconds((1e6 * (${seconds}))::bigint)`;
const client = (number: string) => `'10.1.' || ((${number}) // 200) % 4 || '.' || 1 + (${number}) % 200`;
const AGENTS =
  "['Mozilla/5.0 (X11; Linux x86_64)', 'Mozilla/5.0 (iPhone)', 'curl/8.5.0', 'okhttp/4.12.0', 'Mozilla/5.0 (Windows NT 10.0)', 'Dalvik/2.1.0']";
const SAMPLE = `capture as capture_id, host, ${when('at_s')} as ts`;
/** The first sample after a log line was written holds it. */
const inSample = (lines: string) =>
  `from (${lines}) as l asof join sim_sample as s on s.run = l.run and s.host = l.host and ${when('s.at_s')} >= l.written`;
/** Counters of one part as columns. */
const counters = (part: string, names: readonly string[]) =>
  `${names.map((name) => `max(value) filter (name = '${part}.${name}') as ${name}`).join(', ')} from sim_counter where starts_with(name, '${part}.') group by all`;

/** From counts to rows, one statement a table. */
export const EXPAND: readonly string[] = [
  `insert into capture by name
   select ${SAMPLE}, run, boot as boot_id, 'sample-' || id as source_path, run || id as sha256, interval as interval_s,
     '6.1.0' as kernel, 2 as cpus, 0 as zone_offset_min
   from sim_sample`,
  `insert into coverage by name
   select ${SAMPLE}, source, case source when 'apache-status' then 'server-status.txt' else source end as member,
     case when source = absent then 'absent' when source = 'apache-status' and not answered then 'failed' else 'collected' end as status,
     1 as lines, 1 as rows, 0 as rejects, 1 as bytes
   from (select *, unnest([${[...SOURCES, ...ALWAYS].map((source) => `'${source}'`).join(', ')}]) as source from sim_sample)`,
  `create or replace temp table sim_counter as
   select capture, host, at_s, unnest(names) as name, unnest(totals) as value from sim_totals`,
  `insert into sysctl by name select ${SAMPLE}, key, value from sim_setting where sysctl`,
  `insert into setting by name select ${SAMPLE}, key, value, '-' as scope, 'httpd.conf:1' as origin from sim_setting where not sysctl`,
  `insert into socket by name
   select ${SAMPLE}, 'tcp' as netid, 'LISTEN' as state, waiting as recv_q, backlog as send_q, '*' as local_addr, port as local_port,
     '*' as peer_addr, null as peer_port, 6 as family, port as inode
   from (select run, capture, id, host, at_s, 80 as port, queue as waiting, backlog from sim_sample
     union all by name select *, 0 as waiting, 128 as backlog from sim_listener)`,
  `create or replace temp table sim_connection as
   select *, case when owned then 100000 + 200000 * key + n % 200000 else 0 end as inode,
     case side when 'out' then split_part(peer, ':', 1)
       else case peer when 'client' then ${client('17 * key + n')} when 'network' then ${client('n % 200')}
         when 'stranger' then '172.' || hash(n, key) % 200 || '.' || hash(key, n) % 250 || '.' || hash(n, key, 2) % 250 else peer end end as peer_addr,
     case side when 'out' then split_part(peer, ':', 2)::integer else 1024 + (7919 * key + n) % 64000 end as peer_port,
     case side when 'out' then low_port + (97 * key + n) % ports else port end as local_port
   from (select s.*, m.low_port, m.ports, s.first + unnest(range(s.count)) as n from sim_socket as s join sim_sample as m using (capture))`,
  `insert into socket by name
   select ${SAMPLE}, 'tcp' as netid, state, unreadBytes as recv_q, unackedBytes as send_q, '10.0.0.1' as local_addr, local_port, peer_addr, peer_port,
     case side when 'in' then 6 else 4 end as family, inode, timer, case when timer is not null then timerMs end as timer_ms, case when timer is not null then retrans end as retrans,
     received as bytes_received, sent as bytes_sent, acked as bytes_acked, case when sent is not null then 20.0 end as rtt_ms, case when sent is not null then 15.0 end as minrtt_ms,
     case when sent is not null then 1448 end as mss, case when sent is not null then 1500 end as pmtu, case when sent is not null then silentMs end as lastrcv_ms,
     case when sent is not null then 20 + sent // 1448 end as segs_out, case when sent is not null then round((20 + sent // 1448) * repeatShare)::bigint end as retrans_total,
     case when sent is not null then 2304 + unreadBytes end as rmem_bytes, case when sent is not null then unackedBytes end as wmem_bytes
   from sim_connection`,
  `insert into socket_process by name
   select ${SAMPLE}, 'tcp' as netid, state, '10.0.0.1' as local_addr, local_port, peer_addr, peer_port, inode, process, 4000 as pid, 5 + n as fd
   from sim_connection where process is not null and owned`,
  `insert into conntrack by name
   select ${SAMPLE}, 'ipv4' as l3proto, 'tcp' as l4proto, tracked as state, 60 as timeout_s,
     case side when 'in' then peer_addr else '10.0.0.1' end as src, case side when 'in' then '10.0.0.1' else peer_addr end as dst,
     case side when 'in' then peer_port else local_port end as sport, case side when 'in' then local_port else peer_port end as dport,
     tracked <> 'SYN_RECV' as assured, false as unreplied
   from sim_connection where tracked is not null
   union all by name
   select ${SAMPLE}, 'ipv4' as l3proto, 'tcp' as l4proto, case i % 3 when 0 then 'ESTABLISHED' else 'TIME_WAIT' end as state, 60 as timeout_s,
     ${client('i')} as src, '10.0.0.1' as dst, 1024 + i % 60000 as sport, 22 as dport, true as assured, false as unreplied
   from (select *, unnest(range(count)) as i from sim_elsewhere)`,
  `insert into conntrack_fill by name
   select s.capture as capture_id, s.host, ${when('s.at_s')} as ts, least(s.most, coalesce(c.entries, 0)) as entries, s.most as max_entries
   from sim_sample as s left join (select capture_id, count(*) as entries from conntrack group by all) as c on c.capture_id = s.capture`,
  `insert into conntrack_stat by name
   select ${SAMPLE}, 0 as cpu, 0 as found, ${counters('track', ['dropped', 'early_drop', 'insert_failed', 'invalid'])}`,
  `insert into interface by name
   select ${SAMPLE}, 'eth0' as name, 'UP' as state, ${counters('link', ['rx_packets', 'tx_packets', 'rx_dropped', 'rx_missed', 'rx_errors', 'rx_crc', 'rx_fifo'])}`,
  `insert into softnet by name select ${SAMPLE}, 0 as cpu, ${counters('softnet', ['processed', 'dropped', 'time_squeeze'])}`,
  `insert into counter by name select ${SAMPLE}, name, value from sim_counter where not contains(name, '.')`,
  `insert into sockstat by name
   select ${SAMPLE}, 'TCP' as protocol, unnest(['inuse', 'orphan', 'tw', 'mem']) as key, unnest([in_use, orphans, time_wait, pages]) as value from sim_sample`,
  `insert into memory by name
   select ${SAMPLE}, unnest(['MemTotal', 'MemAvailable']) as key, unnest([memory, (memory * free)::bigint]) * 1048576 as value_bytes from sim_sample`,
  `insert into process by name
   select ${SAMPLE}, 500 + i as pid, case i when 0 then 1 else 500 end as ppid, 'S' as state, 900 as elapsed_s, (1048576 * worker * 1.6)::bigint as rss_bytes, (1048576 * worker * (0.9 + (hash(id, i) % 20) / 100.0))::bigint as pss_bytes, 'apache2' as command
   from (select *, unnest(range(7)) as i from sim_sample)`,
  `insert into apache_status by name
   select ${SAMPLE}, busy as busy_workers, idle as idle_workers, 'prefork' as mpm, case letter when 'R' then busy else 0 end as reading,
     case letter when 'W' then busy else 0 end as sending, case letter when 'K' then busy else 0 end as keepalive, 0 as closing, case letter when 'G' then busy else 0 end as graceful
   from sim_sample where answered`,
  `insert into access_log by name
   select s.capture as capture_id, l.host, l.ts, l.written as end_ts, l.who as client, 'GET' as method, l.path, l.status, l.took_us as duration_us,
     coalesce(l.agent, ${AGENTS}[1 + (hash(l.who, l.i) % 6)::bigint]) as user_agent, 'logs/access/access.log' as member, row_number() over () as line_no
   ${inSample(`select *, ts + to_microseconds(took_us) as written from (
     select *, date_trunc('second', ${when('at_s - span * (i + 0.5) / count')}) as ts,
       (1e6 * durationS * (case when durationS >= 10 then 1 else 0.6 + (hash(id, i, path) % 1000) / 1000.0 end))::bigint as took_us,
       coalesce(client, ${client('(hash(id, i) % 600)::integer')}) as who
     from (select *, unnest(range(count)) as i from sim_request))`)}`,
  `insert into error_log by name
   select s.capture as capture_id, l.host, l.written as ts, 'proxy' as module, l.level, 100 + l.i as pid, ${client('l.i')} as client, l.code, l.errno, l.message,
     'logs/error/error.log' as member, row_number() over () as line_no
   ${inSample(`select *, ${when('at_s - span * (i + 0.5) / count + delayS')} as written from (select *, unnest(range(count)) as i from sim_error)`)}`,
  `insert into kernel_log by name
   select s.capture as capture_id, l.host, l.written as ts, l.event, l.message, l.port as event_port, l.interface as event_interface, l.detail as event_detail,
     'dmesg.txt' as member, row_number() over () as line_no
   ${inSample(`select *, ${when('at_s - span / 2')} as written from sim_kernel`)}`,
];
