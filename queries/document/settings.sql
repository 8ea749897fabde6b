-- id: settings
-- title: Settings that bear on an overload, judged against the load
-- needs: sysctl, setting, sample, handshake, metric, worker_state, memory, process, recording, incident
-- params:
--   entry_bytes INTEGER 320 bytes memory of a conntrack entry, with its share of the hash table
--   client_s DOUBLE 10 s patience of a client: what waits longer in a queue is served to nobody
--   reserve_share DOUBLE 0.2 ratio share of the memory kept for what is not Apache
-- columns:
--   host VARCHAR host
--   kind VARCHAR sysctl, apache or listener
--   key VARCHAR name
--   value VARCHAR value
--   judgement VARCHAR two words
--   why VARCHAR why
--   origin VARCHAR where it stands
--   matters BOOLEAN whether it had a part in what was seen, does harm, or has no effect
with kernel as (
  select s.host, k.key, regexp_replace(arg_max(k.value, s.ts), '\s+', ' ', 'g') as value from sysctl as k join sample as s using (capture_id) where starts_with(k.key, 'net.') group by all
),
apache as (
  select s.host, lower(t.key) as name, arg_max(t.key, s.ts) as key, arg_max(t.value, s.ts) as value, arg_max(t.origin, s.ts) as origin,
    try_cast(regexp_extract(arg_max(t.value, s.ts), '^\d+') as bigint) as n
  from setting as t
  join sample as s using (capture_id)
  where t.scope is null or t.scope = '-'
  group by all
),
mpm as (select s.host, arg_max(t.value, s.ts) as mpm from setting as t join sample as s using (capture_id) where t.key = 'Server MPM' group by all),
queue as (
  select host, listener, max(backlog) as backlog, max(queue_peak) as queue_peak, max(samples_over) as samples_over, max(syn_recv_peak) as syn_recv_peak
  from handshake
  group by all
),
number as (
  select host, max(try_cast(value as bigint)) filter (key = 'net.core.somaxconn') as somaxconn, max(try_cast(value as bigint)) filter (key = 'net.ipv4.tcp_syncookies') as cookies,
    max(try_cast(value as bigint)) filter (key = 'net.netfilter.nf_conntrack_buckets') as buckets, max(try_cast(value as bigint)) filter (key = 'net.ipv4.tcp_timestamps') as timestamps,
    max(abs(try_cast(value as bigint))) filter (key = 'net.ipv4.tcp_ehash_entries') as hash_entries,
    max(4096 * try_cast(split_part(value, ' ', 2) as bigint)) filter (key = 'net.ipv4.tcp_mem') as tcp_pressure,
    max(try_cast(split_part(value, ' ', 2) as bigint) - try_cast(split_part(value, ' ', 1) as bigint) + 1) filter (key = 'net.ipv4.ip_local_port_range') as ports
  from kernel
  group by host
),
measured as (
  select host, max(value) filter (metric = 'conntrack_fill') as fill, arg_max(ts, value) filter (metric = 'conntrack_fill') as fill_ts,
    max(value) filter (metric = 'conntrack_entries' and dimension = '') as entries,
    max(value) filter (metric = 'ports_used') as ports_used, arg_max(dimension, value) filter (metric = 'ports_used') as destination,
    max(value) filter (metric = 'request_p95') as p95, max(value) filter (metric = 'softnet_dropped') as softnet,
    max(value) filter (metric = 'tcp_orphan_fill') as orphans, max(value) filter (metric = 'time_wait_fill') as time_wait
  from metric
  group by host
),
-- What is usual is what precedes the incident; where nothing does, all there is.
usual as (
  select m.host, coalesce(median(m.value) filter (m.metric = 'request_p95' and m.ts < i.onset), median(m.value) filter (m.metric = 'request_p95')) as usual_p95,
    coalesce(median(m.value) filter (m.metric = 'requests' and m.ts < i.onset), median(m.value) filter (m.metric = 'requests')) as usual_rate
  from metric as m
  left join incident as i using (run, host)
  where m.metric in ('requests', 'request_p95') and m.dimension = ''
  group by m.host
),
shaken as (select host, max(queue_full) as queue_full, max(cookies_sent) as sent, sum(overflows) as overflows from handshake group by host),
workers as (select host, max(workers_limit) as most, max(peak_busy) as peak, min(usual_busy) as usual, bool_or(state = 'saturated') as saturated from worker_state group by host),
ram as (select s.host, max(m.value_bytes) as total from memory as m join sample as s using (capture_id) where m.key = 'MemTotal' group by s.host),
child as (
  select s.host, quantile_cont(coalesce(p.pss_bytes, p.rss_bytes), 0.95) as bytes, count(p.pss_bytes) > 0 as by_pss, count(distinct p.pid) as seen
  from process as p
  join sample as s using (capture_id)
  semi join process as q on q.capture_id = p.capture_id and q.pid = p.ppid and regexp_matches(q.command, '(^|/)(apache2|httpd)\b')
  where regexp_matches(p.command, '(^|/)(apache2|httpd)\b') and p.tid is null
  group by s.host
),
fact as (
  select r.host, n.* exclude (host), m.* exclude (host), u.* exclude (host), h.* exclude (host), w.* exclude (host), a.total, c.bytes, c.by_pss, c.seen, p.mpm,
    (select max(q.backlog) from queue as q where q.host = r.host) as widest, greatest($reserve_share * a.total, n.tcp_pressure) as reserve,
    (select any_value(x.n) from apache as x where x.host = r.host and x.name = 'serverlimit') as server_limit,
    coalesce((select any_value(x.n) from apache as x where x.host = r.host and x.name = 'threadsperchild'), 25) as threads,
    (select any_value(x.n) from apache as x where x.host = r.host and x.name = 'listenbacklog') as listen_backlog
  from (select distinct host from recording) as r
  left join number as n using (host) left join measured as m using (host) left join usual as u using (host) left join shaken as h using (host) left join workers as w using (host)
  left join ram as a using (host) left join child as c using (host) left join mpm as p using (host)
),
said as (
  select k.host, 'sysctl' as kind, k.key, k.value, 'sysctl' as origin, try_cast(regexp_extract(k.value, '^-?\d+') as bigint) as n, f.* exclude (host)
  from kernel as k
  join fact as f using (host)
),
sysctl_judged as (
  select host, kind, key, value, origin, case key
    when 'net.core.somaxconn' then case when widest >= n and (overflows >= 1 or listen_backlog > n) then {'j': 'Limits listeners', 'w': 'min(ListenBacklog' || coalesce(' ' || listen_backlog, '') || ', somaxconn ' || n || ') is the limit of the queue; raising it takes a restart of the listener as well.', 'm': true}
      else {'j': 'Fine', 'w': 'No listener is held back by it: raising it alone changes nothing.', 'm': false} end
    when 'net.ipv4.tcp_syncookies' then case when n = 0 then {'j': 'Turn on', 'w': 'Without cookies a full SYN queue drops honest clients too.', 'm': true}
      when sent >= 1 then {'j': 'Keep', 'w': 'Let known clients in while the SYN queue was full (' || amount(sent) || ' sent).', 'm': false} else {'j': 'Keep', 'w': 'Costs nothing until a SYN queue is full; none was.', 'm': false} end
    when 'net.ipv4.tcp_max_syn_backlog' then case when cookies = 0 then {'j': 'In force', 'w': 'Handshakes a listener keeps, as tcp_syncookies is 0; read for each SYN, no restart needed.', 'm': queue_full >= 1}
      when n <> 2048 and n <> 4096 and n <> 1024 and n <> 512 and n <> 128 then {'j': 'No effect', 'w': 'With SYN cookies the SYN queue holds as many as the accept queue of its listener, since Linux 4.4.', 'm': true} end
    when 'net.ipv4.tcp_fin_timeout' then {'j': 'No effect', 'w': 'On TIME_WAIT: that is a fixed 60 s. It bounds FIN_WAIT2 that nobody owns' || case when n > 60 then '; above 60 the time is 2 × (value - 60) = ' || (2 * (n - 60)) || ' s.' else '.' end, 'm': n <> 60}
    when 'net.ipv4.tcp_synack_retries' then {'j': case when n = 5 then 'Default' else 'Changed' end, 'w': 'A handshake without an answer is kept ' || (pow(2, n + 1) - 1)::bigint || ' s: fewer tries hide SYN_RECV sooner (their number is rate × time) and cost clients on lossy paths; they cure nothing.', 'm': n < 3}
    when 'net.ipv4.tcp_syn_retries' then case when n <> 6 then {'j': 'Changed', 'w': 'Of outgoing connections only: it does nothing against SYN floods. connect() gives up after ' || (pow(2, n + 1) - 1)::bigint || ' s or a little more.', 'm': false} end
    when 'net.ipv4.tcp_tw_reuse' then case when n = 1 and timestamps = 0 then {'j': 'No effect', 'w': 'It needs tcp_timestamps, which is off.', 'm': true}
      when n = 1 then {'j': 'Works', 'w': 'For outgoing connections alone: a TIME_WAIT older than a second gives its port to a new one to the same place.', 'm': ports_used >= 0.6} end
    when 'net.ipv4.tcp_tw_recycle' then {'j': case when n = 1 then 'Harmful' else 'Remove it' end, 'w': case when n = 1 then 'Drops clients that share an address; removed in Linux 4.12.' else 'Removed in Linux 4.12; 0 is right.' end, 'm': n = 1}
    when 'net.ipv4.tcp_max_tw_buckets' then case when time_wait >= 0.95 then {'j': 'Too low', 'w': 'TIME_WAIT reached it and is destroyed early.', 'm': true}
      when n < hash_entries / 2 then {'j': 'Lowered', 'w': 'The kernel would take ' || amount(hash_entries / 2) || '; TIME_WAIT of a server is harmless, and lowering it protects nothing.', 'm': true} end
    when 'net.ipv4.tcp_max_orphans' then case when orphans >= 0.25 then {'j': 'Nearly reached', 'w': format('{:.0f}', 100 * orphans) || ' % was used; each may hold some 64 KB that cannot be swapped: ' || amount(n) || ' × 64 KB = ' || amount(n / 16384.0) || ' GB.', 'm': true} end
    when 'net.ipv4.ip_local_port_range' then {'j': case when ports_used >= 0.8 then 'Nearly used' when ports_used is null then 'As seen' else 'Fine' end,
      'w': amount(ports) || ' ports / 60 s of TIME_WAIT = ' || amount(floor(ports / 60)) || ' new connections/s to one destination, when this side closes first' || coalesce('; at most ' || format('{:.1f}', 100 * ports_used) || ' % were used (' || destination || ')', '') || '. Incoming connections use none.', 'm': ports_used >= 0.6}
    when 'net.netfilter.nf_conntrack_max' then {'j': case when fill >= 0.95 then 'Too low' when fill >= 0.8 then 'Nearly full' else 'Fine' end,
      'w': coalesce('At the peak ' || amount(entries) || ' entries, ' || format('{:.1f}', 100 * fill) || ' % (' || clock(fill_ts) || '): 1.5 × ' || amount(entries) || ' = ' || amount(1.5 * entries) || ' are enough, ' || amount(ceil(1.5 * entries * $entry_bytes / 1048576)) || ' MB.', 'Its use was not recorded.')
        || coalesce(' Full it holds ' || amount(n * $entry_bytes / 1048576.0) || ' MB, ' || format('{:.1f}', 100.0 * n * $entry_bytes / total) || ' % of the memory.', '') || case when n > 8 * buckets then ' ' || amount(n / buckets::double) || ' entries a hash bucket are slow: raise nf_conntrack_buckets.' else '' end, 'm': fill >= 0.8}
    when 'net.netfilter.nf_conntrack_tcp_timeout_established' then case when n >= 432000 and fill >= 0.7 then {'j': 'Too long', 'w': 'Dead connections are kept five days in a table that is ' || format('{:.0f}', 100 * fill) || ' % full.', 'm': true} end
    when 'net.netfilter.nf_conntrack_tcp_timeout_time_wait' then case when n not in (120, 60) then {'j': 'Table only', 'w': 'It shrinks the conntrack table; TIME_WAIT of sockets stays 60 s.', 'm': false} end
    when 'net.ipv4.tcp_abort_on_overflow' then case when n = 1 then {'j': 'Harmful here', 'w': 'Resets honest clients whenever the accept queue is full.', 'm': true} else {'j': 'Fine', 'w': 'A full queue makes clients retry instead of failing.', 'm': false} end
    when 'net.core.rmem_default' then case when n > 1048576 then {'j': 'No effect', 'w': 'On TCP, which takes tcp_rmem; it makes every other socket larger.', 'm': true} end
    when 'net.core.wmem_default' then case when n > 1048576 then {'j': 'No effect', 'w': 'On TCP, which takes tcp_wmem; it makes every other socket larger.', 'm': true} end
    when 'net.core.netdev_max_backlog' then case when softnet >= 1 then {'j': 'Too low', 'w': 'The per-CPU backlog overflowed, ' || amount(softnet) || ' packets/s. A card that polls (NAPI) without RPS does not use it.', 'm': true}
      when n <> 1000 then {'j': 'No effect', 'w': 'No packet was dropped there; the ring of the card is another limit (ethtool -g).', 'm': false} end
    when 'net.ipv4.tcp_mem' then case when 4096 * try_cast(split_part(value, ' ', 3) as hugeint) > total then {'j': 'No limit', 'w': 'It counts pages: the limit is more than the memory there is.', 'm': true} end
  end as told
  from said
),
apache_judged as (
  select a.host, 'apache' as kind, a.key, a.value, a.origin, case
    when a.name in ('maxrequestworkers', 'maxclients') then {'j': case when f.server_limit * case when f.mpm in ('event', 'worker') then f.threads else 1 end < a.n then 'Cut short' when f.saturated then 'Was reached' when f.peak is null then 'As seen' else 'Fine' end,
      'w': case when f.server_limit * case when f.mpm in ('event', 'worker') then f.threads else 1 end < a.n then 'ServerLimit ' || f.server_limit || case when f.mpm in ('event', 'worker') then ' × ThreadsPerChild ' || f.threads else '' end || ' allows fewer. ' else '' end
        || case when f.saturated then 'All workers were busy; usual are ' || coalesce(amount(f.usual), 'unknown') || '. What holds them decides, not their number.' when f.peak is not null then 'At most ' || amount(f.peak) || ' of ' || amount(f.most) || ' were busy.' else '' end
        || coalesce(' Usual need: ' || amount(f.usual_rate) || ' requests/s × ' || amount(f.usual_p95) || ' s (p95) = ' || amount(f.usual_rate * f.usual_p95) || ' workers at work.', '')
        || coalesce(' Memory: (' || amount(f.total / 1048576) || ' MB - ' || amount(f.reserve / 1048576) || ' MB) / ' || amount(f.bytes / 1048576) || ' MB (p95 of ' || case when f.by_pss then 'PSS' else 'RSS, too high by what children share' end || ') = ' || amount(floor((f.total - f.reserve) / f.bytes)) || case when f.mpm in ('event', 'worker') then ' processes' else '' end || ' fit.', ''),
      'm': f.saturated or (f.by_pss and case when f.mpm in ('event', 'worker') then ceil(a.n / f.threads) else a.n end * f.bytes + f.reserve > f.total)}
    when a.name = 'proxytimeout' and a.n > 0 and f.p95 is not null then case when f.p95 >= 0.8 * a.n
      then {'j': 'Too long', 'w': coalesce(amount(f.most) || ' workers / ' || a.n || ' s = ' || amount(f.most / a.n) || ' requests/s while a backend hangs, usual are ' || coalesce(amount(f.usual_rate), 'unknown') || '.', 'Requests waited until it ended them.'), 'm': true}
      else {'j': 'Not reached', 'w': 'The slowest 5 % of requests took at most ' || amount(f.p95) || ' s.', 'm': false} end
    when a.name = 'timeout' and a.n > 0 and f.saturated then {'j': 'In force', 'w': 'How long a worker waits for a client or, without ProxyTimeout, for a backend: ' || coalesce(amount(f.most) || ' workers / ' || a.n || ' s = ' || amount(f.most / a.n) || ' requests/s at worst.', 'a worker is held for so long.'), 'm': false}
    when a.name = 'listenbacklog' then {'j': case when a.n > f.somaxconn then 'Cut short' else 'As seen' end, 'w': 'In force is min(' || a.n || ', somaxconn' || coalesce(' ' || f.somaxconn, '') || ')' || coalesce(' = ' || least(a.n, f.somaxconn), '') || ' at the last restart, the Send-Q of the listener.'
      || coalesce(' A queue helps as long as it empties before clients leave: ' || amount(f.usual_rate) || ' requests/s × ' || amount($client_s) || ' s = ' || amount(ceil(f.usual_rate * $client_s)) || '.', ''), 'm': a.n > f.somaxconn and f.overflows >= 1}
    when a.name = 'keepalivetimeout' and f.mpm = 'prefork' then {'j': case when f.saturated and a.n >= 5 then 'Holds workers' else 'Fine' end, 'w': 'In prefork an idle connection keeps its worker for up to ' || a.value || ' s; event needs none for it.', 'm': f.saturated and a.n >= 5}
  end as told
  from apache as a
  join fact as f using (host)
),
judged as (
  select q.host, 'listener' as kind, 'Accept queue of ' || q.listener as key, q.backlog::varchar as value,
    case when q.samples_over > 0 then 'Was full' when q.queue_peak >= 0.5 * q.backlog then 'Half used' when q.backlog in (128, 511) then 'Default' else 'Fine' end as judgement,
    'At most ' || amount(q.queue_peak) || ' waited for accept(), the limit is ' || amount(q.backlog) || '.'
      || case when f.listen_backlog > q.backlog and f.somaxconn = q.backlog then ' min(ListenBacklog ' || f.listen_backlog || ', somaxconn ' || f.somaxconn || ') = ' || f.somaxconn || '.'
        when q.backlog < least(f.listen_backlog, f.somaxconn) then ' ListenBacklog ' || f.listen_backlog || ' and somaxconn ' || f.somaxconn || ' allow more: no restart since.' else '' end as why,
    'Send-Q of the listener' as origin, q.samples_over > 0 as matters
  from queue as q
  join fact as f using (host)
  where q.queue_peak > 0 or q.syn_recv_peak > 0
  union all
  select host, kind, key, value, told.j, told.w, origin, told.m from sysctl_judged where told is not null
  union all
  select host, kind, key, value, told.j, told.w, origin, told.m from apache_judged where told is not null
)
select host, kind, key, value, judgement, why, origin, coalesce(matters, false) as matters from judged order by host, kind, key, value
