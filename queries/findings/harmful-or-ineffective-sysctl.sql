-- id: harmful-or-ineffective-sysctl
-- title: Kernel settings that do harm, or do not do what they are set for
-- question: Which network settings of the kernel do harm here, or have no effect?
-- why: Settings copied from old advice stay for years; some make an outage worse, others make people believe they have done something.
-- logic:
--   Each setting is held against a list of known mistakes, and, where a file sets it, against the value in force.
--   What does harm is a warning (critical: tcp_tw_recycle on a kernel that rejects clients by it); what has no effect is told.
-- needs: sysctl, sysctl_file, memory, metric, sample
-- evidence: sysctl
-- explains: none
-- params:
--   buffer_bytes INTEGER 1048576 bytes default buffer from which it is meant for TCP, which does not use it
--   chain DOUBLE 8 entries conntrack entries a hash bucket from which look-ups are slow
--   fill DOUBLE 0.7 ratio share of the conntrack table from which idle entries matter
--   small_buckets INTEGER 16384 sockets tcp_max_tw_buckets below which it was lowered by hand, where the size of the hash table is not known
-- columns: finding
-- severity: warning
-- role: context
-- caveats:
--   A setting can be right for a reason that a recording does not show; the value before it was changed is not known.
--   The files that set values at boot are compared where they were captured; a value set by a program after boot differs rightly.
-- refs:
--   https://www.kernel.org/doc/html/latest/networking/ip-sysctl.html
--   https://www.kernel.org/doc/html/latest/networking/nf_conntrack-sysctl.html
--   Linux 6.1 include/net/tcp.h TCP_TIMEWAIT_LEN; commit 4396e46187ca (tcp_tw_recycle removed in 4.12)
with kernel as (
  select s.run, s.host, k.key, arg_max(k.value, s.ts) as value, arg_max(s.ts, s.ts) as seen, min(s.ts) as since
  from sysctl as k
  join sample as s using (capture_id)
  where starts_with(k.key, 'net.')
  group by all
),
-- One row a host: the settings that others are judged against.
beside as (
  select run, host, min(since) as since,
    max(value) filter (key = 'net.ipv4.tcp_tw_reuse') as reuse, max(value) filter (key = 'net.ipv4.tcp_timestamps') as timestamps,
    max(abs(try_cast(value as bigint))) filter (key = 'net.ipv4.tcp_ehash_entries') as hash_entries,
    max(try_cast(value as bigint)) filter (key in ('net.netfilter.nf_conntrack_buckets')) as buckets
  from kernel
  group by all
),
ram as (
  select s.run, s.host, max(m.value_bytes) as total from memory as m join sample as s using (capture_id) where m.key = 'MemTotal' group by all
),
rejected as (select run, host, max(value) as peak from metric where metric = 'TcpExtPAWSPassive' group by all),
fill as (select run, host, max(value) as share from metric where metric = 'conntrack_fill' group by all),
number as (
  select k.*, try_cast(regexp_extract(k.value, '^-?\d+') as bigint) as n, b.reuse, b.timestamps, b.hash_entries, b.buckets, r.total, p.peak, f.share
  from kernel as k
  join beside as b using (run, host)
  left join ram as r using (run, host)
  left join rejected as p using (run, host)
  left join fill as f using (run, host)
),
known as (
  select run, host, key, value, verdict.grade, verdict.why, verdict.instead, verdict.risk
  from (
    select *, case
      when key = 'net.ipv4.tcp_tw_recycle' and n = 1 then {'grade': case when peak > 0 then 'critical' else 'harmful' end,
        'why': 'it drops the connections of clients that share an address (NAT)' || coalesce(': up to ' || amount(peak) || '/s rejected by their time stamp', ''), 'instead': '0', 'risk': 'none: it was removed in Linux 4.12'}
      when key = 'net.ipv4.tcp_syncookies' and n = 0 then {'grade': 'harmful', 'why': 'a full SYN queue then drops honest clients too', 'instead': '1', 'risk': 'none while no queue is full'}
      when key = 'net.ipv4.tcp_abort_on_overflow' and n = 1 then {'grade': 'harmful', 'why': 'it resets honest clients whenever an accept queue is full for a moment, where they would have tried again', 'instead': '0', 'risk': 'clients wait instead of failing at once'}
      when key = 'net.ipv4.tcp_sack' and n = 0 then {'grade': 'harmful', 'why': 'after a loss all that followed is sent again', 'instead': '1', 'risk': 'none known on maintained kernels'}
      when key = 'net.ipv4.tcp_window_scaling' and n = 0 then {'grade': 'harmful', 'why': 'no connection can have more than 64 KB on the way', 'instead': '1', 'risk': 'none with working middleboxes'}
      when key = 'net.ipv4.tcp_max_tw_buckets' and n < coalesce(hash_entries / 2, case when total > 1073741824 then $small_buckets else 0 end)
        then {'grade': 'harmful', 'why': 'TIME_WAIT above it is destroyed early, which protects nobody; the kernel''s own value is ' || coalesce(amount(hash_entries / 2), 'far larger'), 'instead': coalesce((hash_entries // 2)::varchar, '262144'), 'risk': 'some 250 bytes an entry'}
      when key = 'net.ipv4.tcp_timestamps' and n = 0 and reuse = '1' then {'grade': 'harmful', 'why': 'tcp_tw_reuse = 1 does nothing without time stamps, and old segments are no longer told from new ones', 'instead': '1', 'risk': '12 bytes a segment'}
      when key = 'net.ipv4.tcp_fin_timeout' and n > 60 then {'grade': 'ineffective', 'why': 'above 60 the time is 2 × (value - 60), ' || amount(2 * (n - 60)) || ' s; and TIME_WAIT is 60 s whatever it says', 'instead': '60', 'risk': 'none'}
      when key = 'net.ipv4.tcp_fin_timeout' and n < 60 then {'grade': 'ineffective', 'why': 'it shortens FIN_WAIT2 of sockets nobody owns; TIME_WAIT is 60 s whatever it says, and no port is free sooner', 'instead': '60', 'risk': 'none'}
      when key in ('net.core.rmem_default', 'net.core.wmem_default') and n > $buffer_bytes then {'grade': 'ineffective', 'why': 'TCP takes its default from tcp_rmem and tcp_wmem; this one makes every UDP and other socket larger', 'instead': '212992', 'risk': 'UDP services that rely on it'}
      when key = 'net.ipv4.tcp_mem' and 4096 * try_cast(regexp_extract(value, '(\d+)$', 1) as hugeint) > total then {'grade': 'harmful', 'why': 'it counts pages, not bytes: the limit is ' || amount(4096.0 * try_cast(regexp_extract(value, '(\d+)$', 1) as double) / 1073741824) || ' GB, more than the memory there is, so none',
        'instead': (total * 0.0469 / 4096)::bigint || ' ' || (total * 0.0625 / 4096)::bigint || ' ' || (total * 0.0937 / 4096)::bigint, 'risk': 'TCP is held back when it needs more'}
      when key = 'net.netfilter.nf_conntrack_max' and buckets > 0 and n > $chain * buckets then {'grade': 'harmful', 'why': amount(n / buckets) || ' entries a hash bucket when it is full: each packet walks through them', 'instead': value, 'risk': '8 bytes a bucket: set nf_conntrack_buckets to a quarter of it or more'}
      when key = 'net.netfilter.nf_conntrack_tcp_timeout_established' and n >= 432000 and share > $fill then {'grade': 'harmful', 'why': 'dead connections are kept five days while the table is ' || format('{:.0f}', 100 * share) || ' % full', 'instead': '86400', 'risk': 'connections idle for longer break unless they send keepalives'}
    end as verdict
    from number
  )
  where verdict is not null
),
-- Of several files for one key the one whose name sorts last wins; /etc/sysctl.conf comes after all of them.
file as (
  select s.run, s.host, k.key, arg_max({'value': k.value, 'file': k.file, 'line': k.line_no}, (ends_with(k.file, '/sysctl.conf'), regexp_extract(k.file, '[^/]*$'), k.line_no)) as set_by
  from sysctl_file as k
  join sample as s using (capture_id)
  where starts_with(k.key, 'net.') and not contains(k.key, '*')
  group by all
),
in_file as (
  select f.run, f.host, f.key, coalesce(k.value, 'not there') as value,
    case when regexp_matches(f.key, 'ip_conntrack') then 'ineffective' when f.key = 'net.ipv4.tcp_tw_recycle' and k.value is null then 'ineffective'
      else 'ineffective' end as grade,
    f.set_by.file || ':' || f.set_by.line || ' sets ' || f.set_by.value || case
      when regexp_matches(f.key, 'ip_conntrack') then ': names with ip_conntrack are gone since Linux 4.9, nf_conntrack is meant'
      when k.value is null then ', and the kernel has no such key'
      else ', and ' || k.value || ' is in force: the file was not loaded, or something changed it later' end as why,
    case when k.value is not null then f.set_by.value end as instead, 'it has not been tried on this host' as risk
  from file as f
  semi join kernel using (run, host)
  left join kernel as k using (run, host, key)
  where f.set_by.value is not null and regexp_replace(trim(f.set_by.value), '\s+', ' ', 'g') is distinct from regexp_replace(trim(k.value), '\s+', ' ', 'g')
    and (k.value is not null or regexp_matches(f.key, 'ip_conntrack|tcp_tw_recycle') or split_part(f.key, '.', 2) in ('core', 'ipv4'))
),
item as (
  select *, list_position(['critical', 'harmful', 'ineffective'], grade) as place from known
  union all by name
  select *, 3 as place from in_file
),
told as (
  select run, host, min(place) as worst, count(*) as items, count(*) filter (place <= 2) as harmful,
    string_agg(key || ' = ' || value || ': ' || why, '; ' order by place, key) as what,
    arg_min(key || ' = ' || value, (place, key)) as first_item,
    list(evidence(key || ' = ' || value || ': ' || why, value := coalesce(try_cast(regexp_extract(value, '^-?\d+') as double), 0), baseline := try_cast(regexp_extract(instead, '^-?\d+') as double)) order by place, key) as seen,
    list(action(case grade when 'ineffective' then 'Take out ' || key || ', or set it for what it does' else 'Set ' || key || ' to ' || coalesce(instead, 'its default') end || ': ' || why || '.',
      command := case when instead is not null then 'sysctl -n ' || key || '; sysctl -w ' || key || '="' || instead || '"' else 'grep -rn ''' || key || ''' /etc/sysctl.conf /etc/sysctl.d' end,
      risk := risk, verify := 'sysctl -n ' || key || coalesce(' prints ' || instead, ' fails and no file names it') || '; then write it to /etc/sysctl.d') order by place, key) as todo
  from item
  group by all
)
select
  t.run, t.host, null as subject, b.since as onset, null::timestamp as ended, 0.0 as onset_uncertainty_s,
  case when t.worst = 1 then 'critical' when t.worst = 2 then 'warning' else 'info' end as severity, case when t.worst = 1 then 'cause' else 'context' end as role, 'high' as confidence,
  case when t.harmful > 0 then counted(t.harmful, 'kernel setting') || case when t.harmful = 1 then ' does harm' else ' do harm' end else counted(t.items, 'kernel setting') || case when t.items = 1 then ' does' else ' do' end || ' not do what it is set for' end
    || ': ' || t.first_item || case when t.items > 1 then ' and ' || amount(t.items - 1) || ' more' else '' end as headline,
  'kernel settings made it worse' as consequence,
  left(t.what, 1200) || '.' as summary,
  items(t.seen) as evidence,
  items([
    ruled_out('settings of the kernel''s own choice', 'only values that differ from what the kernel sets by itself, or from a file, are listed'),
    ruled_out('time-wait-overflow', case when coalesce((select max(m.value) from metric as m where m.run = t.run and m.host = t.host and m.metric = 'TcpExtTCPTimeWaitOverflow') = 0, false) then 'no TIME_WAIT was destroyed early in this recording' end)
  ]) as ruled_out,
  items(t.todo) as actions
from told as t
join beside as b using (run, host)
order by t.run, t.host
