-- id: misleading-message
-- title: A kernel message that points the wrong way
-- question: Which kernel messages of this time are not what they seem?
-- why: "Possible SYN flooding" during an honest burst has made people ban their own clients.
-- logic:
--   Each kernel message of a kind that is often misread is listed with what the counters and sockets of the same minute say.
-- needs: kernel_log, sample, recording, handshake
-- evidence: kernel_log
-- explains: none
-- params:
--   cookie_doubt DOUBLE 0.05 - cookies returned for each one sent, from which peers do answer
-- columns: finding
-- severity: info
-- role: context
-- caveats:
--   The kernel log is of the whole machine: a line may come from a container.
--   The flood message is printed once in the life of a listener: silence later proves nothing.
-- refs:
--   https://www.kernel.org/doc/html/latest/networking/ip-sysctl.html tcp_syncookies
--   Linux 6.1 net/ipv4/tcp_input.c tcp_syn_flood_action, lib/ratelimit.c
with message as (
  select s.run, s.host, s.source_path, k.ts, k.event, k.event_port, k.event_interface, k.event_count, k.message, k.member, k.line_no, r.last_ts, r.interval_s
  from kernel_log as k
  join sample as s using (capture_id)
  join recording as r on r.run = s.run and r.host = s.host
  where k.event in ('syn_flood', 'ratelimit', 'promisc', 'audit_promisc', 'martian', 'shrunk') and k.ts between r.log_from and r.log_until
),
grouped as (
  select run, host, case when event = 'audit_promisc' then 'promisc' else event end as event, any_value(last_ts) as last_ts, any_value(interval_s) as interval_s, min(ts) as onset, max(ts) as last_line, count(*) as lines, sum(event_count) as hidden,
    arg_min(event_port, (ts, line_no)) as port, arg_min(event_interface, (ts, line_no)) as interface,
    arg_min(message, (ts, line_no)) as message, arg_min(member, (ts, line_no)) as member, arg_min(line_no, (ts, line_no)) as line_no, arg_min(source_path, (ts, line_no)) as source_path
  from message
  group by all
),
-- The listener the flood message is about, and whether its peers did answer.
judged as (
  select g.*, h.listener, h.cookie_ratio, h.cookies_sent, h.cookies_received, h.overflows, h.samples_over, h.acked, h.in_conntrack, h.known_peers, h.peers, h.queue_peak, h.backlog,
    h.samples_over > 0 or coalesce(h.overflows, 0) >= 10 as overflowed,
    coalesce(h.cookie_ratio >= $cookie_doubt, false) or (h.in_conntrack > 0 and h.acked >= 0.5 * h.in_conntrack) as peers_answer
  from grouped as g
  left join handshake as h on h.run = g.run and h.host = g.host and g.event = 'syn_flood' and regexp_extract(h.listener, ':(\d+)$', 1) = g.port::varchar
)
select
  run, host, coalesce(listener, interface, event) as subject, onset,
  least(last_line + interval 1 second, last_ts) as ended,
  -- Kernel time stamps drift from the wall clock: only the sample the line was first seen in is sure.
  greatest(1, coalesce(interval_s, 1))::double as onset_uncertainty_s,
  'info' as severity,
  'context' as role,
  case when event = 'syn_flood' and peers_answer and overflowed then 'high' else 'medium' end as confidence,
  case event
    when 'syn_flood' then 'The kernel suspected a SYN flood where there was none'
    when 'ratelimit' then 'Some kernel messages were suppressed'
    when 'promisc' then 'Somebody captured packets'
    else 'A kernel message that is no cause'
  end as headline,
  null as consequence,
  case event
    when 'syn_flood' then '"Possible SYN flooding" on port ' || coalesce(port::varchar, 'unknown') || ' means that the queue was full, not that it was an attack'
      || coalesce(': ' || amount(cookies_received) || ' SYN cookies came back for ' || amount(cookies_sent) || ' sent', '')
      || coalesce(case when in_conntrack > 0 then ', and conntrack saw the ACK of ' || amount(acked) || ' of ' || amount(in_conntrack) || ' handshakes' end, '')
      || case when overflowed then '; the accept queue itself overflowed, which forged addresses cannot do' else '' end
    when 'ratelimit' then 'Messages were suppressed in ' || counted(lines, 'place') || coalesce(' (' || amount(hidden) || ' of them)', '') || ': counts of the messages around are lower bounds; it counts messages, not packets'
    when 'promisc' then 'An interface entered or left promiscuous mode: somebody was capturing packets, which causes nothing but may cost some CPU'
    when 'martian' then 'Packets with impossible source addresses were logged: a routing oddity, not the outage'
    else 'A peer shrank its window: a broken or hostile client, not the outage'
  end || '.' as summary,
  items([
    evidence('Kernel message', metric := 'kernel_events', dimension := event, value := lines, baseline := 0, unit := 'lines', seen := onset, capture := source_path, member := member, line := line_no, excerpt := message),
    evidence('SYN cookies that came back for each one sent', metric := 'TcpExtSyncookiesRecv', dimension := '', value := cookie_ratio, unit := 'per cookie sent'),
    evidence('Half-open sockets whose ACK conntrack saw', value := case when in_conntrack > 0 then acked end, unit := 'sockets, of ' || amount(in_conntrack)),
    evidence('Peers of these that were served before or after', value := case when peers > 0 then known_peers end, unit := 'peers, of ' || amount(peers))
  ]) as evidence,
  items([
    ruled_out('syn-flood', case when event = 'syn_flood' then coalesce(
      case when cookie_ratio >= $cookie_doubt then amount(cookie_ratio) || ' cookies came back for each one sent; a flood gets under 0.05' end,
      'conntrack saw the ACK of ' || amount(acked) || ' of ' || amount(in_conntrack) || ' handshakes') end),
    ruled_out('syn-recv-lost-ack', case when event = 'syn_flood' and in_conntrack > 0 then 'the ACK did arrive: conntrack says ESTABLISHED' end)
  ]) as ruled_out,
  items([
    action(case event
        when 'syn_flood' then 'Ban nobody on this message, and keep SYN cookies on.'
        when 'ratelimit' then 'Read neighbouring message counts as "at least".'
        when 'promisc' then 'Ask who captured packets, and keep the capture: it may help.'
        else 'Nothing.' end,
      command := case when event = 'syn_flood' then 'sysctl net.ipv4.tcp_syncookies' end, risk := 'none', verify := case when event = 'syn_flood' then 'prints 1' else 'nothing to verify' end)
  ]) as actions
from judged
-- A flood message is misleading only where the peers did answer.
where event <> 'syn_flood' or (listener is not null and peers_answer)
order by run, host, onset, subject
