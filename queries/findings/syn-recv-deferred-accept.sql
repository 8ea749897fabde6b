-- id: syn-recv-deferred-accept
-- title: SYN_RECV of clients that are connected and say nothing
-- question: Are SYN_RECV sockets only connections that the kernel holds back until their first data (TCP_DEFER_ACCEPT)?
-- why: They look like a flood and are none: the handshake is complete, no worker is held, and each ends by itself.
-- logic:
--   SYN_RECV that is older than silent_s, or waits longer than that for its timer, without one repeated SYN-ACK: the ACK came and was held back.
--   conntrack shows such connections as ESTABLISHED; the counter TCPDeferAcceptDrop grows. An overflow of the accept queue at the same time takes precedence, since it holds handshakes in the same way.
-- needs: stuck_sockets, handshake, episode, metric, recording, worker_state, sample
-- evidence: socket
-- explains: none
-- params:
--   acked_share DOUBLE 0.5 ratio share of the handshakes found in conntrack that are ESTABLISHED there
-- columns: finding
-- severity: info
-- role: context
-- caveats:
--   netstat counts timer rounds where ss counts repeated packets, so that this is seen in the output of ss only.
--   Many such connections of one address are a client that holds connections open on purpose, or opens them ahead of need.
-- refs:
--   https://httpd.apache.org/docs/2.4/mod/core.html#acceptfilter
--   Linux 6.1 net/ipv4/tcp_minisocks.c tcp_check_req, net/ipv4/inet_connection_sock.c syn_ack_recalc
with dropped as (
  select k.run, k.host, k.place, sum(m.value * s.seconds) as held_back
  from stuck_sockets as k
  join metric as m on m.run = k.run and m.host = k.host and m.metric = 'TcpExtTCPDeferAcceptDrop' and m.dimension = ''
    and m.ts >= k.onset and m.ts <= coalesce(k.ended, timestamp '9999-01-01')
  join sample as s on s.run = m.run and s.host = m.host and s.ts = m.ts
  where k.metric = 'silent_handshakes'
  group by all
),
hit as (
  select k.*, h.backlog, h.queue_peak, h.acked, h.in_conntrack, h.repeated_unanswered, h.cookies_sent, h.overflows, d.held_back, r.interval_s, r.last_ts,
    w.state as workers, w.peak_busy, w.workers_limit
  from stuck_sockets as k
  join handshake as h on h.run = k.run and h.host = k.host and h.listener = k.place
  join recording as r on r.run = k.run and r.host = k.host
  left join dropped as d on d.run = k.run and d.host = k.host and d.place = k.place
  left join worker_state as w on w.run = k.run and w.host = k.host
  where k.metric = 'silent_handshakes' and h.samples_over = 0
    and (h.in_conntrack = 0 or h.acked >= $acked_share * h.in_conntrack)
    and not exists (
      select 1 from episode as e
      where e.run = k.run and e.host = k.host and e.metric = 'TcpExtListenOverflows'
        and e.onset <= coalesce(k.ended, r.last_ts) and coalesce(e.ended, r.last_ts) >= k.onset
    )
)
select
  run, host, place as subject, onset, ended,
  coalesce(interval_s, 0)::double as onset_uncertainty_s,
  'info' as severity,
  'context' as role,
  case when in_conntrack > 0 and held_back > 0 then 'high' when in_conntrack > 0 or held_back > 0 then 'medium' else 'low' end as confidence,
  'Up to ' || amount(peak) || ' connections to ' || place || ' were open without a word from the client for ' || lasted(onset, ended, last_ts) as headline,
  'SYN_RECV at ' || place || ' holds clients that say nothing yet' as consequence,
  counted(connections, 'connection') || ' from ' || counted(peers, 'client') || ' stayed in SYN_RECV, up to ' || amount(peak) || ' at a time, and no SYN-ACK was sent again: their ACK came, and the kernel waits for data (TCP_DEFER_ACCEPT)'
    || case when in_conntrack > 0 then '. conntrack shows ' || amount(acked) || ' of ' || amount(in_conntrack) || ' looked at as ESTABLISHED' else '' end
    || coalesce('; ' || amount(nullif(held_back, 0)) || ' bare ACKs were held back', '') || '. They hold no worker, and become ordinary connections after about 30 s.' as summary,
  items([
    evidence('SYN_RECV at ' || place || ' without a repeated SYN-ACK', metric := 'silent_handshakes', dimension := place, value := peak, baseline := usual, unit := 'sockets', seen := peak_ts),
    evidence('Of the handshakes looked at, ESTABLISHED in conntrack', value := case when in_conntrack > 0 then acked end, unit := 'sockets, of ' || amount(in_conntrack)),
    evidence('Bare ACKs held back', metric := 'TcpExtTCPDeferAcceptDrop', dimension := '', value := held_back, unit := 'packets'),
    evidence('Addresses they come from', value := peers, unit := 'peers')
  ]) as evidence,
  items([
    ruled_out('syn-flood', case when in_conntrack > 0 then 'the peers answered: ' || amount(acked) || ' of ' || amount(in_conntrack) || ' are ESTABLISHED in conntrack' else 'no SYN-ACK had to be sent again' end),
    ruled_out('syn-recv-lost-ack', case when in_conntrack > 0 then 'the ACK did arrive, as conntrack shows' else 'an ACK that is lost makes the SYN-ACK be sent again after a second' end),
    ruled_out('accept-queue-overflow', case when queue_peak is not null then 'at most ' || amount(queue_peak) || coalesce(' of ' || amount(backlog), '') || ' connections waited for accept()' || case when overflows = 0 then ', and no overflow was counted' else '' end end),
    ruled_out('slow-clients', case when workers = 'idle' then 'they hold no worker: at most ' || amount(peak_busy) || ' of ' || amount(workers_limit) || ' were busy' end)
  ]) as ruled_out,
  items([
    action('Nothing: this is how Apache on Linux waits for a request (AcceptFilter http data). Without the filter each of them would take a worker.',
      command := 'ss -Htan state syn-recv | awk ''{split($4, a, ":"); n[a[1]]++} END {for (i in n) print n[i], i}'' | sort -rn | head', risk := 'none',
      verify := 'no address holds more than a browser would, about 6')
  ]) as actions
from hit
order by run, host, onset, subject
