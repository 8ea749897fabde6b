-- id: last-ack-stuck
-- title: Our closes are not acknowledged
-- question: Are connections stuck in LAST_ACK, FIN_WAIT1 or CLOSING because the peer no longer answers?
-- why: The peer, a NAT or a filter has forgotten the connection; each takes memory until the kernel gives up, and nothing on this host is slow.
-- logic:
--   Connections whose FIN was sent `retrans` times or more, or that stay longer than unacked_s in LAST_ACK, FIN_WAIT1 or CLOSING, leave what is usual for a listener or destination.
--   Many of them in one sample that were never sent again are ordinary closes, and are not counted. Networks, other clients and what else is outstanding tell a broken path from clients that went away.
-- needs: stuck_sockets, socket_lineage, metric, episode, recording, sample, sysctl
-- evidence: socket
-- explains: none
-- params:
--   network_share DOUBLE 0.8 ratio share of one network from which its path is suspected
--   orphan_share DOUBLE 0.125 ratio share of tcp_max_orphans from which shorter retries are worth it
-- columns: finding
-- severity: warning
-- role: symptom
-- caveats:
--   Clients that were switched off and a path that broke look the same from here.
--   With more than a minute between samples most of them come and go unseen.
-- refs:
--   Linux 6.1 net/ipv4/tcp_timer.c tcp_orphan_retries, tcp_out_of_resources
--   https://www.kernel.org/doc/html/latest/networking/ip-sysctl.html tcp_orphan_retries, tcp_max_orphans
with hit as (
  select k.*, r.interval_s, r.last_ts
  from stuck_sockets as k
  join recording as r using (run, host)
  where k.metric = 'stuck_closes'
),
seen_as as (
  select h.run, h.host, h.place, count(*) filter (l.state = 'LAST_ACK') as last_ack, count(*) filter (l.state = 'FIN_WAIT1') as fin_wait1,
    count(*) filter (l.state = 'CLOSING') as closing, max(l.age_s) as oldest_s, max(l.retrans) as retrans, median(l.unsent_bytes) as unsent
  from hit as h
  join socket_lineage as l on l.run = h.run and l.host = h.host and l.place = h.place and l.last_ts >= h.onset
    and l.state in ('LAST_ACK', 'FIN_WAIT1', 'CLOSING') and l.retrans >= 1
  group by all
),
given_up as (
  select h.run, h.host, h.place, sum(m.value * s.seconds) as given_up, arg_max(m.ts, m.value) as ts
  from hit as h
  join metric as m on m.run = h.run and m.host = h.host and m.metric = 'TcpExtTCPAbortOnTimeout' and m.dimension = '' and m.ts >= h.onset
  join sample as s on s.run = m.run and s.host = m.host and s.ts = m.ts
  group by all
),
limits as (
  select s.run, s.host, max(try_cast(k.value as bigint)) filter (k.key = 'net.ipv4.tcp_max_orphans') as most_orphans,
    max(try_cast(k.value as bigint)) filter (k.key = 'net.ipv4.tcp_orphan_retries') as retries
  from sysctl as k
  join sample as s using (capture_id)
  group by all
),
-- Clients that gave up before: their connections were in CLOSE_WAIT, and their late close is what stays unanswered.
overload as (
  select h.run, h.host, h.place, min(e.onset) as close_wait
  from hit as h
  join episode as e on e.run = h.run and e.host = h.host and e.metric = 'sockets_close_wait' and e.dimension = h.place and e.onset <= h.onset + interval 2 second
  group by all
),
told as (
  select h.*, s.last_ack, s.fin_wait1, s.closing, s.oldest_s, s.retrans, s.unsent, g.given_up, g.ts as given_up_ts, l.most_orphans, l.retries, o.close_wait,
    h.networks = 1 or h.network_share >= $network_share as one_network
  from hit as h
  left join seen_as as s using (run, host, place)
  left join given_up as g using (run, host, place)
  left join limits as l using (run, host)
  left join overload as o using (run, host, place)
)
select
  run, host, place as subject, onset, ended,
  coalesce(interval_s, 0)::double as onset_uncertainty_s,
  'warning' as severity,
  'symptom' as role,
  case when given_up > 0 and retrans >= 3 then 'high' when retrans >= 3 then 'medium' else 'low' end as confidence,
  'Up to ' || amount(peak) || ' closes of ' || place || ' stayed unanswered by ' || case when one_network then 'peers in ' || network else counted(peers, 'peer') || ' in ' || counted(networks, 'network') end
    || ' for ' || lasted(onset, ended, last_ts) as headline,
  'closes of ' || place || ' went unanswered' as consequence,
  counted(connections, 'connection') || ' of ' || counted(peers, 'peer') || ' waited for the ACK of our FIN, up to ' || amount(peak) || ' at a time'
    || coalesce(' (LAST_ACK ' || amount(last_ack) || ', CLOSING ' || amount(closing) || ', FIN_WAIT1 ' || amount(fin_wait1) || ')', '')
    || coalesce(', the oldest for ' || length_of(oldest_s), '') || coalesce('; FINs were sent up to ' || amount(retrans) || ' times again', '')
    || case when only_fin >= 0.5 * connections then '. On ' || amount(only_fin) || ' of them nothing but the FIN is outstanding' else '. On ' || amount(connections - only_fin) || ' of them data is outstanding as well' end
    || coalesce('; ' || counted(nullif(other_clients, 0), 'other client') || ' went on being served', '') || '.' as summary,
  items([
    evidence('Connections of ' || place || ' whose FIN is sent again and again', metric := 'stuck_closes', dimension := place, value := peak, baseline := usual, unit := 'sockets', seen := peak_ts),
    evidence('Most repetitions of one FIN', value := retrans, unit := 'retransmissions'),
    evidence('Addresses they belong to', value := peers, unit := 'peers'),
    evidence('Share of ' || network || ' in them', value := network_share, unit := 'ratio'),
    evidence('Connections on which only the FIN is outstanding', value := only_fin, unit := 'connections, of ' || amount(connections)),
    evidence('Connections the kernel gave up since then', metric := 'TcpExtTCPAbortOnTimeout', dimension := '', value := nullif(given_up, 0), unit := 'connections', seen := given_up_ts)
  ]) as evidence,
  items([
    ruled_out('close-wait-leak', 'this side has closed: what is missing is the answer of the other'),
    ruled_out('overload-sequence', case when close_wait is null and incoming_seen and usual is not null then 'CLOSE_WAIT at ' || place || ' did not rise before: nobody had given up waiting' end),
    ruled_out('pmtu-blackhole', case when only_fin >= 0.5 * connections then 'the data before was acknowledged; what is lost are packets without data' end)
  ]) as ruled_out,
  items([
    action(case when one_network then 'Look at the path to ' || network || ': a filter or NAT that forgets connections early drops the FIN or its ACK.'
        else 'Nothing for the sockets: peers that are gone, in ' || counted(networks, 'network') || ', answer no more, and each socket ends by itself.' end,
      command := 'tcpdump -ni any ''net ' || network || ' and tcp[13] & 1 != 0''', risk := 'load on a busy interface: stop after a minute', verify := 'each FIN is answered by an ACK'),
    action('Each lasts about 106 s (tcp_orphan_retries ' || coalesce(amount(retries), '0') || ', where 0 means 8 tries)'
        || coalesce('; ' || amount(peak) || ' at once / ' || amount(most_orphans) || ' allowed (tcp_max_orphans) = ' || format('{:.1f}', 100 * peak / most_orphans) || ' %: '
          || case when peak >= $orphan_share * most_orphans then 'shorten the retries, the limit is near' else 'no need to change anything' end, '') || '.',
      command := case when peak >= $orphan_share * most_orphans then 'sysctl -w net.ipv4.tcp_orphan_retries=3' else 'ss -Htan state last-ack | wc -l; cat /proc/net/sockstat' end,
      risk := case when peak >= $orphan_share * most_orphans then 'slow clients lose the end of an answer' else 'none' end,
      verify := 'LAST_ACK, CLOSING and FIN_WAIT1 back at ' || coalesce(amount(usual), '0') || ' two minutes after the path is mended')
  ]) as actions
from (
  select told.*, exists (select 1 from metric as m where m.run = told.run and m.host = told.host and m.metric = 'sockets_close_wait' and m.dimension = told.place) as incoming_seen
  from told
) as told
order by run, host, onset, subject
