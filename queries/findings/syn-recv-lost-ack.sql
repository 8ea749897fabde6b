-- id: syn-recv-lost-ack
-- title: Handshakes break off: SYN-ACK or ACK is lost on the way
-- question: Did clients that were served before stop completing handshakes because packets between them and this host are lost?
-- why: Nothing on this host is full or slow, so every tuning of it is in vain; the fault is a filter, a route or a link.
-- logic:
--   SYN_RECV with a repeated SYN-ACK leaves what is usual at a listener whose accept queue never overflowed and whose SYN queue was not full.
--   The peers are known from the access log (known_share; network_known where they lie in one network), or without a log lie in few networks; conntrack, where it was recorded, holds SYN_RECV for them (unanswered_share): no ACK came.
-- needs: stuck_sockets, handshake, episode, metric, recording, worker_state, counter, sample
-- evidence: socket
-- explains: last-ack-stuck
-- params:
--   known_share DOUBLE 0.5 ratio share of peers in the access log from which they are clients
--   network_known DOUBLE 0.1 ratio share of peers in the access log that is enough where nearly all lie in one network: a short recording has not seen every client
--   network_share DOUBLE 0.8 ratio share of the largest network that speaks for one path, where no access log was recorded
--   unanswered_share DOUBLE 0.8 ratio share of repeated handshakes for which conntrack saw no ACK
-- columns: finding
-- severity: warning
-- role: cause
-- tells: half-open handshakes of one network, and of clients that were served before
-- caveats:
--   From this host a lost SYN-ACK and a lost ACK look the same: only a trace on both sides tells which.
--   A flood from addresses of former clients looks alike as long as it does not fill the SYN queue.
-- refs:
--   Linux 6.1 net/ipv4/inet_connection_sock.c reqsk_timer_handler
--   https://www.kernel.org/doc/html/latest/networking/ip-sysctl.html rp_filter, tcp_synack_retries
with hit as (
  select k.*, h.backlog, h.queue_peak, h.overflows, h.cookies_sent, h.cookie_ratio, h.in_conntrack, h.repeated, h.repeated_unanswered,
    r.interval_s, r.last_ts, w.state as workers, w.peak_busy, w.workers_limit,
    -- Each sign is true, false, or null where it could not be seen.
    case when h.repeated > 0 then h.repeated_unanswered >= $unanswered_share * h.repeated end as no_ack,
    k.known_peers >= case when k.network_share >= $network_share then $network_known else $known_share end * k.peers as known
  from stuck_sockets as k
  join handshake as h on h.run = k.run and h.host = k.host and h.listener = k.place
  join recording as r on r.run = k.run and r.host = k.host
  left join worker_state as w on w.run = k.run and w.host = k.host
  where k.metric = 'stuck_handshakes' and h.samples_over = 0 and h.samples_at_limit = 0 and coalesce(h.queue_full, 0) < 10
    and not exists (
      select 1 from episode as e
      where e.run = k.run and e.host = k.host and e.metric = 'TcpExtListenOverflows'
        and e.onset <= coalesce(k.ended, r.last_ts) and coalesce(e.ended, r.last_ts) >= k.onset
    )
),
-- Counters that say more: SYN-ACKs sent again, and packets that came in by the wrong way.
repeats as (
  select h.run, h.host, h.place, sum(m.value * s.seconds) as repeats, max(m.ts) as ts
  from hit as h
  join metric as m on m.run = h.run and m.host = h.host and m.metric = 'TcpExtTCPSynRetrans' and m.dimension = ''
    and m.ts >= h.onset and m.ts <= coalesce(h.ended, h.last_ts)
  join sample as s on s.run = m.run and s.host = m.host and s.ts = m.ts
  group by all
),
filtered as (
  select run, host, sum(growth) as filtered
  from (
    select s.run, s.host, greatest(0, c.value - lag(c.value) over (partition by s.run, s.host, s.boot order by s.ts)) as growth
    from counter as c
    join (select *, sum((previous_ts is null)::integer) over (partition by run, host order by ordinal) as boot from sample) as s using (capture_id)
    where c.name = 'TcpExtIPReversePathFilter'
  )
  group by all
),
told as (
  select hit.*, p.repeats, p.ts as repeats_ts, f.filtered,
    hit.network || case when network_share < 1 then ' (' || format('{:.0f}', 100 * network_share) || ' %)' else '' end as where_from
  from hit
  left join repeats as p using (run, host, place)
  left join filtered as f using (run, host)
  where coalesce(no_ack, true) and coalesce(known, network_share >= $network_share)
)
select
  run, host, place as subject, onset, ended,
  coalesce(interval_s, 0)::double as onset_uncertainty_s,
  'warning' as severity,
  'cause' as role,
  case when no_ack and known then 'high' when no_ack or known then 'medium' else 'low' end as confidence,
  'Packets between ' || place || ' and ' || case when networks = 1 then network else amount(peers) || ' clients' end
    || ' were lost, so that handshakes broke off for ' || lasted(onset, ended, last_ts) as headline,
  'handshakes at ' || place || ' broke off' as consequence,
  amount(connections) || ' handshakes from ' || counted(peers, 'client') || ' were never completed although the SYN-ACK was sent again, up to ' || amount(peak) || ' at a time'
    || coalesce(' (usual ' || amount(usual) || ')', '')
    || coalesce('; ' || amount(known_peers) || ' of them were served in this recording', '')
    || case when repeated > 0 then '; for ' || amount(repeated_unanswered) || ' of ' || amount(repeated) || ' handshakes conntrack saw no ACK' else '' end
    || '. They come from ' || where_from || coalesce(', while ' || counted(nullif(other_clients, 0), 'other client') || ' went on being served', '') || '.' as summary,
  items([
    evidence('SYN_RECV at ' || place || ' whose SYN-ACK was sent again', metric := 'stuck_handshakes', dimension := place, value := peak, baseline := usual, unit := 'sockets', seen := peak_ts),
    evidence('Such handshakes without an ACK in conntrack, of ' || amount(repeated) || ' looked at', value := case when repeated > 0 then repeated_unanswered end, unit := 'sockets'),
    evidence('Addresses they come from', value := peers, unit := 'peers'),
    evidence('Of these, served in this recording', value := known_peers, unit := 'peers'),
    evidence('Share of ' || network || ' in them', value := network_share, unit := 'ratio'),
    evidence('Other clients served meanwhile', value := other_clients, unit := 'clients'),
    evidence('SYN and SYN-ACK packets sent again meanwhile', metric := 'TcpExtTCPSynRetrans', dimension := '', value := repeats, unit := 'packets', seen := repeats_ts),
    evidence('Packets dropped by rp_filter (IPReversePathFilter)', value := nullif(filtered, 0), baseline := 0, unit := 'packets')
  ]) as evidence,
  items([
    ruled_out('syn-flood', case when known then amount(known_peers) || ' of ' || amount(peers) || ' addresses are clients that were served; forged ones would be strangers, and SYN_RECV stayed below the limit'
      || coalesce(' of ' || amount(backlog), '') end),
    ruled_out('accept-queue-overflow', case when queue_peak is not null then 'at most ' || amount(queue_peak) || coalesce(' of ' || amount(backlog), '') || ' connections waited for accept()' || case when overflows = 0 then ', and no overflow was counted' else '' end end),
    ruled_out('syn-recv-deferred-accept', 'the SYN-ACK was sent again, which stops as soon as an ACK arrives' || case when no_ack then '; conntrack saw none' else '' end),
    ruled_out('mpm-saturated', case when workers = 'idle' then 'at most ' || amount(peak_busy) || ' of ' || amount(workers_limit) || ' workers were busy' end)
  ]) as ruled_out,
  items([
    action('Trace the handshake on both sides: if the SYN-ACK leaves here and does not arrive there, the way out is broken; if the ACK leaves there and does not arrive here, the way in.',
      command := 'tcpdump -ni any ''net ' || network || ' and tcp[13] & 18 != 0''', risk := 'load on a busy interface: stop after a minute', verify := 'each SYN-ACK is answered by an ACK within a round trip'),
    action(case when filtered > 0 then 'This host drops ' || amount(filtered) || ' packets that come in by another interface than replies leave by (rp_filter): make the route symmetric, or accept it.'
        else 'Look for a filter, NAT or route that was changed at ' || clock(onset) || ' on the way to ' || network || '; on this host: firewall rules and rp_filter.' end,
      command := case when filtered > 0 then 'sysctl -w net.ipv4.conf.all.rp_filter=2' else 'iptables -nvL; nft list ruleset; ip route get ' || split_part(network, '/', 1) || '; nstat -az TcpExtIPReversePathFilter' end,
      risk := case when filtered > 0 then 'forged source addresses are checked less strictly' else 'none' end,
      verify := 'SYN_RECV with a repeated SYN-ACK back at ' || coalesce(amount(usual), '0'))
  ]) as actions
from told
order by run, host, onset, subject
