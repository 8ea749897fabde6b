-- id: own_address
-- title: Addresses that belong to the service itself
-- why: The host, its backends, its health checks and its proxies hold the most sockets of all and are never to blame for that.
-- needs: socket_count, socket, sample, setting, error_log
-- params:
--   service_ports INTEGER 32768 - what is asked at a lower port is a service the host uses
-- columns:
--   run VARCHAR name of the run
--   host VARCHAR host
--   addr VARCHAR an address, or a network as 10.0.0.0/8
--   why VARCHAR host, backend, service or proxy
with configured as (
  select distinct s.run, s.host, lower(t.key) as key, unnest(regexp_extract_all(t.value, '[0-9A-Fa-f:.]*[0-9A-Fa-f](?:/\d+)?|://\[?[^/\]\s:]+')) as word
  from setting as t
  join sample as s using (capture_id)
  where lower(t.key) in ('proxypass', 'proxypassmatch', 'balancermember', 'proxyremote', 'remoteipinternalproxy', 'remoteiptrustedproxy')
),
found as (
  select s.run, s.host, k.local_addr as addr, 'host' as why
  from (select distinct capture_id, local_addr from socket) as k
  join sample as s using (capture_id)
  where k.local_addr not in ('*', '0.0.0.0', '::')
  group by all
  union
  select run, host, peer_addr, 'service' from socket_count where listener is null and peer_port < $service_ports
  union
  select s.run, s.host, regexp_extract(e.backend, '^\[?(.+?)\]?(?::\d+)?$', 1), 'backend'
  from error_log as e
  join sample as s using (capture_id)
  where e.backend is not null
  union
  select run, host, regexp_replace(word, '^://\[?', ''), 'backend' from configured where key not like 'remoteip%' and starts_with(word, '://')
  union
  select run, host, word, 'proxy' from configured where key like 'remoteip%' and not starts_with(word, '://') and (contains(word, '.') or contains(word, ':'))
)
select run, host, addr, min(why) as why from found where addr <> '' group by run, host, addr
