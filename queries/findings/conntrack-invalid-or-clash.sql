-- id: conntrack-invalid-or-clash
-- title: Connection tracking calls packets invalid, or cannot enter them
-- question: Did connection tracking see many packets that fit no connection, or fail to enter new ones?
-- why: Packets that are invalid are dropped by most rule sets; the connections behind them hang without an error anywhere.
-- logic:
--   Packets that fit no connection are invalid_share or more of all, or entries that could not be made leave what is usual, in two intervals or more, while the table has room.
--   When the table lost most of its entries at that moment and the established connections stayed (a flush), it is information: running connections are picked up again.
-- needs: episode, metric, recording
-- evidence: conntrack_stat
-- explains: none
-- params:
--   invalid_share DOUBLE 0.01 ratio share of the packets that are invalid
--   flushed DOUBLE 0.5 ratio share of the entries that goes at once when the table is flushed
--   stayed DOUBLE 0.75 ratio share of the established connections that is still there after a flush; where sockets were not listed the table has to do
--   room DOUBLE 0.8 ratio fill up to which the table is not the reason
-- columns: finding
-- severity: warning
-- role: symptom
-- caveats:
--   After a reboot or a flush of the table running connections are invalid for a while.
--   One direction that takes another way, source NAT without free ports, and double DNS queries look like this.
-- refs:
--   https://www.kernel.org/doc/html/latest/networking/nf_conntrack-sysctl.html nf_conntrack_log_invalid
--   Linux 6.1 net/netfilter/nf_conntrack_standalone.c
with invalid as (
  select run, host, 'packets that fit no connection' as what, 'conntrack_invalid' as metric, onset, ended, peak, peak_ts, baseline
  from episode
  where metric = 'conntrack_invalid'
),
clash as (
  select run, host, 'entries that could not be made' as what, 'conntrack_insert_failed' as metric, onset, ended, peak, peak_ts, baseline
  from episode
  where metric = 'conntrack_insert_failed'
),
-- All packets of the host: those of its interfaces, else its TCP segments.
packets as (
  select run, host, ts, coalesce(sum(value) filter (metric = 'interface_rx_packets'), sum(value) filter (metric = 'TcpInSegs')) as rate
  from metric
  where metric in ('interface_rx_packets', 'TcpInSegs')
  group by all
),
fill as (select run, host, max(value) as fill from metric where metric = 'conntrack_fill' group by all),
-- A table that loses most of its entries from one sample to the next was flushed, unless the connections are gone too: load can halve, above
-- all between samples that are minutes apart.
flush as (
  select run, host, ts as flushed_at
  from (
    select run, host, ts, max(value) filter (metric = 'conntrack_fill') as fill, max(value) filter (metric = 'sockets_established') as connections
    from metric
    where metric in ('conntrack_fill', 'sockets_established') and dimension = ''
    group by all
  )
  where fill is not null
  window series as (partition by run, host order by ts)
  qualify fill < (1 - $flushed) * lag(fill) over series and coalesce(connections >= $stayed * lag(connections) over series, true)
),
sized as (
  select e.*, e.peak / nullif(p.rate, 0) as share, f.fill
  from (from invalid union all by name from clash) as e
  left join packets as p on p.run = e.run and p.host = e.host and p.ts = e.peak_ts
  left join fill as f on f.run = e.run and f.host = e.host
  where coalesce(f.fill, 0) < $room
)
select
  z.run, z.host, z.what as subject, z.onset, z.ended,
  coalesce(z.interval_s, 0)::double as onset_uncertainty_s,
  case when z.flushed_at is null then 'warning' else 'info' end as severity,
  case when z.flushed_at is null then 'symptom' else 'context' end as role,
  case when z.share is null then 'low' else 'medium' end as confidence,
  'Connection tracking counted up to ' || amount(z.peak) || ' ' || z.what || ' per second' as headline,
  case when z.metric = 'conntrack_invalid' then 'connection tracking called packets invalid' else 'connection tracking could not make entries' end as consequence,
  'Up to ' || amount(z.peak) || ' ' || z.what || ' per second (usual ' || amount(z.baseline) || ')' || case when z.metric = 'conntrack_invalid' then coalesce(', ' || format('{:.1f}', 100 * z.share) || ' % of all packets', '') else '' end
    || coalesce('; the table was at most ' || format('{:.1f}', 100 * z.fill) || ' % full', '')
    || coalesce('; the table had been emptied at ' || clock(z.flushed_at) || ', and running connections were picked up again', '') || '.' as summary,
  items([
    evidence('Connection tracking: ' || z.what, metric := z.metric, dimension := '', value := z.peak, baseline := z.baseline, unit := '/s', seen := z.peak_ts),
    evidence('Their share of all packets received', value := case when z.metric = 'conntrack_invalid' then z.share end, unit := 'ratio', seen := z.peak_ts)
  ]) as evidence,
  items([ruled_out('conntrack-table-full', case when z.fill < $room then 'the table was at most ' || format('{:.1f}', 100 * z.fill) || ' % full' end)]) as ruled_out,
  items([
    action('See which packets they are, for a minute; then look for a second way in or out, and for the NAT range.',
      command := 'sysctl -w net.netfilter.nf_conntrack_log_invalid=6; sleep 60; sysctl -w net.netfilter.nf_conntrack_log_invalid=0; dmesg | grep nf_ct_',
      risk := 'floods the kernel log at high rates', verify := 'invalid= of conntrack -S grows as slowly as usual')
  ]) as actions
from (
  select s.*, i.interval_s, (select min(flushed_at) from flush as x where x.run = s.run and x.host = s.host
    and abs(seconds_between(x.flushed_at, s.onset)) <= 2 * coalesce(i.interval_s, 1)) as flushed_at
  from sized as s
  join recording as i on i.run = s.run and i.host = s.host
) as z
where z.metric = 'conntrack_insert_failed' or coalesce(z.share, 1) >= $invalid_share
order by all
