-- id: settings-state
-- title: Settings in force on a side
-- why: What was changed on purpose stands next to what it should move; what was changed besides confounds it.
-- needs: sysctl, setting, nic_setting
-- refs:
--   Left out are counters and identities that the kernel offers beside its settings, and which differ between any two recordings.
-- columns:
--   host VARCHAR host
--   kind VARCHAR sysctl, apache or nic
--   key VARCHAR name
--   value VARCHAR values, the last one seen; several of one name in one text
select host, 'sysctl' as kind, key, arg_max(value, ts) as value
from sysctl
where not regexp_matches(key, '(nf_conntrack_count|\.stat\.|random\.|inode-|file-nr|dentry-state|\.pty\.nr|route\.flush|net_dbg|boot_id|uuid)')
group by host, key
union all
select host, 'apache', key, string_agg(distinct value, ', ' order by value)
from setting
where (scope is null or scope in ('-', 'version')) and lower(key) not in ('pidfile', 'customlog', 'errorlog', 'transferlog', 'documentroot', 'mutex', 'defaultruntimedir', 'scoreboardfile', 'serverroot', 'include', 'includeoptional', 'logformat')
group by host, key
union all
select host, 'nic', coalesce(interface || ' ', '') || coalesce(kind || ' ', '') || key, arg_max(value, ts)
from nic_setting
where key is not null and kind <> 'driver'
group by host, interface, kind, key
order by host, kind, key
