-- id: syn-flood
-- title: SYN flood: handshakes that nobody completes
-- question: Did handshakes from peers that never answer fill a listener’s SYN queue?
-- why: A flood wants cookies and filters; an overload that looks like one wants workers, and banning its clients makes it worse.
-- logic:
--   SYN_RECV at a listener reaches its limit, or the SYN queue overflows; and cookies do not come back (below cookie_ratio), peers are many with few handshakes each, and few of them are known from the access log.
--   conntrack decides where it was recorded: an ACK that arrived means a real client.
-- needs: handshake, episode, metric, recording, worker_state, kernel_log, sample
-- evidence: socket, counter
-- explains: conntrack-table-full, monitor-probe-failed
-- params:
--   cookie_ratio DOUBLE 0.05 - cookies returned for each one sent, below which peers do not answer
--   cookie_doubt DOUBLE 0.5 - ratio from which peers do answer
--   peers INTEGER 100 peers different peers a flood has at least
--   rows_per_peer DOUBLE 2 sockets most SYN_RECV rows a peer has in the median
--   known_share DOUBLE 0.2 ratio share of peers in the access log below which they are strangers
--   unanswered_share DOUBLE 0.8 ratio share of handshakes for which conntrack saw no ACK
-- columns: finding
-- severity: critical
-- role: cause
-- tells: half-open handshakes of addresses that were never served, from networks everywhere
-- caveats:
--   Lost SYN-ACKs of real clients look alike, but come from peers that were served before.
--   Addresses of a flood are mostly forged: they name victims, not attackers.
-- refs:
--   https://www.kernel.org/doc/html/latest/networking/ip-sysctl.html tcp_syncookies
--   Linux 6.1 net/ipv4/tcp_input.c tcp_conn_request
with rise as (
  select run, host, dimension as listener, min(onset) as onset, case when bool_or(ended is null) then null else max(ended) end as ended, min(baseline) as usual
  from episode
  where metric = 'sockets_syn_recv' and dimension <> ''
  group by all
),
cookies as (
  select run, host, min(onset) as onset, case when bool_or(ended is null) then null else max(ended) end as ended, max(peak) as peak
  from episode
  where metric in ('TcpExtSyncookiesSent', 'TcpExtTCPReqQFullDoCookies', 'TcpExtTCPReqQFullDrop')
  group by all
),
message as (
  select s.run, s.host, min(k.ts) as ts, arg_min(k.message, k.ts) as text, arg_min(k.member, k.ts) as member, arg_min(k.line_no, k.ts) as line_no,
    arg_min(s.source_path, k.ts) as source_path
  from kernel_log as k
  join sample as s using (capture_id)
  join recording as r on r.run = s.run and r.host = s.host
  where k.event = 'syn_flood' and k.ts between r.log_from and r.log_until
  group by all
),
tracked as (
  select run, host, max(value) as most
  from metric
  where metric = 'conntrack_entries' and dimension = 'SYN_RECV'
  group by all
),
signs as (
  select h.*, rise.onset as rise_onset, rise.ended as rise_ended, rise.usual as syn_recv_usual, c.onset as cookie_onset, c.ended as cookie_ended, c.peak as cookie_rate,
    m.ts as message_ts, m.text as message_text, m.member as message_member, m.line_no as message_line, m.source_path as message_source,
    w.state as workers, w.peak_busy, w.workers_limit, r.interval_s, r.last_ts, t.most as tracked_most,
    -- Each sign is true, false, or null where it could not be seen.
    h.cookie_ratio < $cookie_ratio as no_cookie_back,
    case when h.peers > 0 then h.peers >= $peers and h.rows_per_peer <= $rows_per_peer end as many_peers,
    case when h.peers > 0 and h.known_peers is not null then h.known_peers < $known_share * h.peers end as strangers,
    case when h.in_conntrack > 0 then h.unanswered >= $unanswered_share * h.in_conntrack end as no_ack
  from handshake as h
  -- A recording with hardly a quiet sample has no usual number; that no cookie is usual is known.
  left join rise using (run, host, listener)
  left join cookies as c using (run, host)
  left join message as m using (run, host)
  left join worker_state as w using (run, host)
  left join tracked as t using (run, host)
  join recording as r using (run, host)
  -- The SYN queue was full, and what was full was not the accept queue.
  where (rise.onset is not null or (c.onset is not null and h.samples_at_limit >= 2)) and (h.samples_at_limit > 0 or coalesce(h.queue_full, 0) >= 10)
    and h.samples_over = 0 and coalesce(h.overflows, 0) < 0.05 * greatest(h.queue_full, h.cookies_sent, 1)
    and coalesce(h.cookie_ratio, 0) < $cookie_doubt
),
scored as (
  select *,
    coalesce(no_cookie_back::integer, 0) + coalesce(many_peers::integer, 0) + coalesce(strangers::integer, 0) + coalesce(no_ack::integer, 0) as speaking,
    coalesce((not many_peers)::integer, 0) + coalesce((not strangers)::integer, 0) + coalesce((not no_ack)::integer, 0) as against,
    least(rise_onset, cookie_onset) as onset,
    case when rise_onset is null then cookie_ended when rise_ended is not null then greatest(rise_ended, coalesce(cookie_ended, rise_ended)) end as ended
  from signs
)
select
  run, host, listener as subject, onset, ended,
  coalesce(interval_s, 0)::double as onset_uncertainty_s,
  'critical' as severity,
  'cause' as role,
  case when speaking >= 3 and against = 0 then 'high' when speaking >= 2 and against = 0 then 'medium' else 'low' end as confidence,
  'A SYN flood filled the SYN queue of ' || listener || ' for ' || lasted(onset, ended, last_ts) as headline,
  'a SYN flood filled the SYN queue of ' || listener as consequence,
  'SYN_RECV at ' || listener || coalesce(' rose from ' || amount(syn_recv_usual) || ' to ', ' reached ') || amount(syn_recv_peak) || coalesce(' (limit ' || amount(backlog) || ')', '')
    || coalesce(', from ' || amount(peers) || ' different addresses in ' || counted(half_open, 'socket'), '')
    || coalesce('; ' || amount(cookies_sent) || ' SYN cookies were sent and ' || amount(cookies_received) || ' came back', '')
    || case when samples_over = 0 then '; the accept queue held at most ' || coalesce(amount(queue_peak), 'an unknown number') else '' end || '.' as summary,
  items([
    evidence('SYN_RECV at ' || listener || coalesce(', limit ' || amount(backlog), ''), metric := 'sockets_syn_recv', dimension := listener, value := syn_recv_peak, baseline := syn_recv_usual, unit := 'sockets', seen := syn_recv_peak_ts),
    evidence('SYN cookies that came back for each one sent', metric := 'TcpExtSyncookiesRecv', dimension := '', value := cookie_ratio, unit := 'per cookie sent'),
    evidence('SYN cookies sent', metric := 'TcpExtSyncookiesSent', dimension := '', value := nullif(cookies_sent, 0), baseline := 0, unit := 'cookies', seen := cookie_onset),
    evidence('SYN_RECV sockets whose conntrack entry is SYN_RECV too: no ACK ever came', value := case when in_conntrack > 0 then unanswered end, unit := 'sockets, of ' || amount(in_conntrack) || ' found'),
    evidence('Different peer addresses', value := nullif(peers, 0), unit := 'peers'),
    evidence('Of these, in the access log', value := known_peers, unit := 'peers'),
    evidence('Conntrack entries in SYN_RECV', metric := 'conntrack_entries', dimension := 'SYN_RECV', value := tracked_most, unit := 'entries'),
    evidence('Kernel message: supports, neither needed nor enough', seen := message_ts, capture := message_source, member := message_member, line := message_line, excerpt := message_text)
  ]) as evidence,
  items([
    ruled_out('accept-queue-overflow', case when queue_peak is not null then 'the accept queue held at most ' || amount(queue_peak) || ' of ' || amount(backlog)
      || coalesce(', with ' || amount(overflows) || ' overflows', '') || ': what is full is the queue before it' end),
    ruled_out('syn-recv-lost-ack', case when strangers then amount(known_peers) || ' of ' || amount(peers) || ' peers were ever served; lost ACKs would be of known clients' end),
    ruled_out('syn-recv-deferred-accept', case when no_ack then 'conntrack saw no ACK for ' || amount(unanswered) || ' of ' || amount(in_conntrack) || ' of them; deferred accept shows as ESTABLISHED there' end),
    ruled_out('mpm-saturated', case when workers = 'idle' then 'at most ' || amount(peak_busy) || ' of ' || amount(workers_limit) || ' workers were busy' end),
    ruled_out('conntrack-table-full', case when not exists (select 1 from metric as m where m.run = scored.run and m.host = scored.host and m.metric = 'conntrack_fill' and m.value >= 0.95)
      and exists (select 1 from metric as m where m.run = scored.run and m.host = scored.host and m.metric = 'conntrack_fill') then 'the conntrack table never passed 95 %' end)
  ]) as ruled_out,
  items([
    action('Keep SYN cookies on: they let honest clients in while the queue is full.', command := 'sysctl -w net.ipv4.tcp_syncookies=1', risk := 'none', verify := 'PassiveOpens and 2xx at their usual rate while SyncookiesSent grows'),
    action('Shorten the life of what nobody completes, and make the queue longer. A SYN-ACK is sent again after 1, 2, 4 … s: with 5 retries a half-open connection stays 1 + 2 + 4 + 8 + 16 + 32 = 63 s, with 2 it stays 1 + 2 + 4 = 7 s.',
      command := 'sysctl -n net.ipv4.tcp_synack_retries; sysctl -w net.ipv4.tcp_synack_retries=2' || chr(10) || 'ListenBacklog 4096   # server configuration, with net.core.somaxconn=4096; restart',
      risk := 'clients on lossy links lose handshakes', verify := 'SYN_RECV stays below the limit'),
    action('Ban no source address: they are forged' || coalesce(' (' || amount(peers) || ' of them, ' || amount(rows_per_peer) || ' socket each in the median)', '') || '. If it is heavier than cookies can bear, use SYNPROXY before conntrack.',
      risk := 'SYNPROXY needs time stamps and matching options', verify := 'conntrack entries in SYN_RECV near usual')
  ]) as actions
from scored
where speaking >= 2 and against < speaking
order by run, host, onset, subject
