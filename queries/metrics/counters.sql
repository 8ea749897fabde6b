-- id: counters
-- title: Kernel counters per second
-- why: A counter since boot says nothing; its growth between two samples says what happened there.
-- needs: counter, sample, metric_info
-- refs:
--   net-tools leaves out counters that are zero: absent in one sample and there in another of the run means zero, absent in all means unknown.
-- metrics:
--   TcpExtListenOverflows /s rate up 1 0 Accept queue overflows
--   TcpExtListenDrops /s rate up 1 0 Connections dropped at a listener
--   TcpExtSyncookiesSent /s rate up 1 0 SYN cookies sent
--   TcpExtSyncookiesRecv /s rate up 1 0 SYN cookies that came back
--   TcpExtSyncookiesFailed /s rate up 5 measured SYN cookies that were invalid
--   TcpExtTCPReqQFullDoCookies /s rate up 1 0 SYN queue full, cookie sent
--   TcpExtTCPReqQFullDrop /s rate up 1 0 SYN queue full, SYN dropped
--   TcpExtTCPDeferAcceptDrop /s rate none 0 measured Bare ACKs held back by deferred accept
--   TcpExtTCPSynRetrans /s rate up 5 measured SYN and SYN-ACK retransmissions
--   TcpExtTCPOrigDataSent /s rate none 0 measured Data segments sent, without repeats
--   TcpExtTCPFastRetrans /s rate none 0 measured Segments repeated without waiting for a timer
--   TcpExtTCPLostRetransmit /s rate none 0 measured Repeated segments lost again
--   TcpExtTCPDSACKRecv /s rate none 0 measured Segments the peer got twice
--   TcpExtTCPSpuriousRTOs /s rate none 0 measured Retransmission timeouts that were not needed
--   TcpExtTCPSpuriousRtxHostQueues /s rate none 0 measured Repeats held back: the segment was still in this host
--   TcpExtTCPToZeroWindowAdv /s rate up 0.5 measured Times a peer was told to stop: a program does not read
--   TcpExtTCPWantZeroWindowAdv /s rate none 0 measured Times the window should have closed and could not
--   TcpExtTCPWinProbe /s rate none 0 measured Probes of a closed window of the peer
--   TcpExtTCPRcvQDrop /s rate up 1 measured Received data dropped for lack of receive memory
--   TcpExtRcvPruned /s rate up 1 measured Received data dropped after compacting a full buffer
--   TcpExtTCPTimeouts /s rate up 5 measured Retransmission timeouts
--   TcpExtTCPAbortOnTimeout /s rate up 1 measured Connections given up after retransmissions
--   TcpExtTCPAbortOnData /s rate up 5 measured Connections reset with data on the way
--   TcpExtTCPAbortOnMemory /s rate up 1 0 Connections reset for lack of memory
--   TcpExtTCPTimeWaitOverflow /s rate up 1 0 TIME_WAIT destroyed early
--   TcpExtTCPMemoryPressures /s rate up 0.01 0 TCP memory pressure entered
--   TcpExtTCPBacklogDrop /s rate up 1 measured Packets dropped at a locked socket
--   TcpExtTW /s rate none 0 measured TIME_WAIT ended
--   TcpExtPAWSPassive /s rate up 0.1 0 Connections rejected by their time stamp (tcp_tw_recycle)
--   TcpActiveOpens /s rate none 0 measured Outgoing connections
--   TcpPassiveOpens /s rate none 0 measured Incoming connections completed
--   TcpAttemptFails /s rate up 5 measured Connection attempts that failed
--   TcpEstabResets /s rate up 10 measured Connections reset
--   TcpRetransSegs /s rate up 10 measured Segments retransmitted
--   TcpOutRsts /s rate up 10 measured Resets sent
--   TcpInSegs /s rate none 0 measured Segments received
--   TcpOutSegs /s rate none 0 measured Segments sent
--   IcmpInDestUnreachs /s rate none 0 measured ICMP destination unreachable received
--   IpInDiscards /s rate up 1 measured Incoming packets discarded
--   IpOutDiscards /s rate up 1 measured Outgoing packets discarded
--   IpOutNoRoutes /s rate up 1 measured Outgoing packets without a route
--   UdpRcvbufErrors /s rate up 1 measured UDP packets dropped at a full socket
-- compare:
--   TcpExtListenOverflows down primary 1 10% per 1000 TcpPassiveOpens
--   TcpExtListenDrops down primary 1 10% per 1000 TcpPassiveOpens
--   TcpExtTCPReqQFullDrop down primary 1 10% per 1000 TcpPassiveOpens
--   TcpRetransSegs down primary 1 10% per 1000 TcpOutSegs
--   TcpExtSyncookiesSent none secondary 1 10% per 1000 TcpPassiveOpens
--   TcpExtSyncookiesRecv none secondary 1 10% per 1000 TcpPassiveOpens
--   TcpExtTCPReqQFullDoCookies none secondary 1 10% per 1000 TcpPassiveOpens
--   TcpExtTCPSynRetrans down secondary 1 10% per 1000 TcpPassiveOpens
--   TcpExtTCPTimeouts down secondary 1 10% per 1000 TcpOutSegs
--   TcpAttemptFails down secondary 1 10% per 1000 TcpPassiveOpens
--   TcpEstabResets down secondary 1 10% per 1000 TcpPassiveOpens
--   TcpOutRsts down secondary 1 10% per 1000 TcpPassiveOpens
--   TcpPassiveOpens none load 1 20%
--   TcpActiveOpens none secondary 1 10%
with wanted as (
  select s.run, s.host, s.capture_id, c.name, max(c.value) as value
  from counter as c
  join sample as s using (capture_id)
  where c.name in (select metric from metric_info where query = 'counters')
  group by all
),
seen as (
  select s.run, s.host, s.capture_id, s.ts, s.seconds, n.name
  from sample as s
  semi join counter using (capture_id)
  join (select distinct run, host, name from wanted) as n using (run, host)
),
ordered as (
  select seen.*, coalesce(wanted.value, 0) as value,
    lag(coalesce(wanted.value, 0)) over series as before,
    lag(seen.ts) over series as before_ts
  from seen
  left join wanted using (run, host, capture_id, name)
  window series as (partition by seen.run, seen.host, seen.name order by seen.ts)
),
-- A fall is a reset and gives no rate, unless the value was about to wrap at 32 bits.
grown as (
  select *,
    case
      when value >= before then value - before
      when before between 3221225472 and 4294967295 and value < 1073741824 then value + 4294967296 - before
    end as growth
  from ordered
  where seconds is not null and before_ts < ts
)
select run, host, ts, name as metric, '' as dimension, 'rate' as kind, growth / seconds_between(before_ts, ts) as value
from grown
where growth is not null
