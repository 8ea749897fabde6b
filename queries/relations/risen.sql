-- id: risen
-- title: Populations that rose, or that a finding is about
-- why: Only what matters is split by who it is; in a quiet run that is next to nothing.
-- needs: episode, finding, incident, recording, metric
-- params:
--   times DOUBLE 1.5 - times the usual requests that are a rise
--   more DOUBLE 1 /s requests more than usual that are a rise
--   failed DOUBLE 0.05 /s failed requests that matter
-- columns:
--   run VARCHAR name of the run
--   host VARCHAR host
--   population VARCHAR TCP state, accept-queue, conntrack, requests or failed-requests
--   onset TIMESTAMP since when it is compared: the incident, without one the rise itself
--   ended TIMESTAMP until when
with by_metric as (
  select metric, population
  from (values
    ('sockets_syn_recv', 'SYN_RECV'), ('sockets_established', 'ESTABLISHED'), ('sockets_established_unowned', 'accept-queue'),
    ('sockets_close_wait', 'CLOSE_WAIT'), ('sockets_close_wait_unowned', 'CLOSE_WAIT'), ('sockets_last_ack', 'LAST_ACK'),
    ('sockets_fin_wait1', 'FIN_WAIT1'), ('sockets_fin_wait2', 'FIN_WAIT2'), ('sockets_syn_sent', 'SYN_SENT'), ('sockets_closing', 'CLOSING'),
    ('ports_used', 'TIME_WAIT'), ('time_wait_fill', 'TIME_WAIT'), ('listener_queue', 'accept-queue'), ('listener_fill', 'accept-queue'),
    ('conntrack_fill', 'conntrack'), ('request_error_ratio', 'failed-requests')
  ) as m (metric, population)
),
by_finding as (
  select id, unnest(populations) as population
  from (values
    ('syn-flood', ['SYN_RECV']), ('syn-recv-lost-ack', ['SYN_RECV']), ('accept-queue-overflow', ['accept-queue']),
    ('backlog-default-or-truncated', ['accept-queue']), ('overload-sequence', ['accept-queue', 'CLOSE_WAIT', 'LAST_ACK']),
    ('close-wait-leak', ['CLOSE_WAIT']), ('close-wait-unaccepted', ['CLOSE_WAIT']), ('close-wait-backend-pool', ['CLOSE_WAIT']),
    ('last-ack-stuck', ['LAST_ACK', 'FIN_WAIT1']), ('fin-wait2-jump', ['FIN_WAIT2']), ('ephemeral-port-exhaustion', ['TIME_WAIT']),
    ('time-wait-overflow', ['TIME_WAIT']), ('conntrack-table-full', ['conntrack']), ('abusive-source', ['ESTABLISHED', 'requests']),
    ('slow-clients', ['ESTABLISHED']), ('orphan-limit', ['FIN_WAIT1', 'LAST_ACK']), ('backend-refused', ['failed-requests']), ('backend-timeout', ['failed-requests'])
  ) as f (id, populations)
),
rise as (
  select e.run, e.host, b.population, e.onset, coalesce(e.ended, r.last_ts) as ended
  from episode as e
  join by_metric as b using (metric)
  join recording as r on r.run = e.run and r.host = e.host
  union all
  select f.run, f.host, b.population, f.onset, coalesce(f.ended, r.last_ts)
  from finding as f
  join by_finding as b using (id)
  join recording as r on r.run = f.run and r.host = f.host
  where f.severity <> 'info'
),
asked as (
  select m.run, m.host, i.onset, i.ended,
    median(m.value) filter (m.dimension = '' and m.ts < i.onset) as before,
    median(m.value) filter (m.dimension = '' and m.ts between i.onset and i.ended) as during,
    avg(m.value) filter (m.dimension = '5xx' and m.ts < i.onset) as failed_before,
    avg(m.value) filter (m.dimension = '5xx' and m.ts between i.onset and i.ended) as failed_during
  from metric as m
  join incident as i using (run, host)
  where m.metric = 'requests'
  group by all
),
all_risen as (
  select r.run, r.host, r.population, coalesce(i.onset, r.onset) as onset, coalesce(i.ended, r.ended) as ended
  from rise as r
  left join incident as i using (run, host)
  where i.onset is null or (r.onset <= i.ended and r.ended >= i.onset)
  union all
  select run, host, 'requests', onset, ended from asked where during >= $times * before and during - before >= $more
  union all
  select run, host, 'failed-requests', onset, ended from asked where failed_during >= $failed and failed_during > coalesce(failed_before, 0)
)
select run, host, population, min(onset) as onset, max(ended) as ended
from all_risen
group by all
