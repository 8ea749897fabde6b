-- id: settings-state
-- title: Settings in force on a side
-- why: What was changed on purpose stands next to what it should move; what was changed besides confounds it.
-- needs: sysctl, setting, nic_setting, sample
-- refs:
--   Left out are counters and identities that the kernel offers beside its settings, and which differ between any two recordings.
-- columns:
--   host VARCHAR host
--   kind VARCHAR sysctl, apache or nic
--   key VARCHAR name
--   value VARCHAR value last seen in a run; several of one name, or of several runs, in one text
with kernel as (
  select s.run, s.host, k.key, arg_max(k.value, s.ts) as value
  from sysctl as k
  join sample as s using (capture_id)
  where not regexp_matches(k.key, '(nf_conntrack_count|\.stat\.|random\.|inode-|file-nr|dentry-state|\.pty\.nr|route\.flush|net_dbg|boot_id|uuid)')
  group by s.run, s.host, k.key
),
nic as (
  select s.run, s.host, coalesce(n.interface || ' ', '') || coalesce(n.kind || ' ', '') || n.key as key, arg_max(n.value, s.ts) as value
  from nic_setting as n
  join sample as s using (capture_id)
  where n.key is not null and n.kind <> 'driver'
  group by s.run, s.host, n.interface, n.kind, n.key
)
select host, 'sysctl' as kind, key, string_agg(distinct value, ', ' order by value) as value
from kernel
group by host, key
union all
select host, 'apache', key, string_agg(distinct value, ', ' order by value)
from setting
where (scope is null or scope in ('-', 'version')) and lower(key) not in ('pidfile', 'customlog', 'errorlog', 'transferlog', 'documentroot', 'mutex', 'defaultruntimedir', 'scoreboardfile', 'serverroot', 'include', 'includeoptional', 'logformat')
group by host, key
union all
select host, 'nic', key, string_agg(distinct value, ', ' order by value)
from nic
group by host, key
order by host, kind, key
