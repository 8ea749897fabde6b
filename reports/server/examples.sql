-- Socket states over time
select ts, state, count(*) as sockets from socket group by all order by ts, state;

-- A metric
select ts, value from metric where metric = 'TcpExtListenOverflows' order by ts;

-- Metrics and how often they left their usual value
select metric, count(*) as episodes from episode group by all order by episodes desc limit 20;

-- Who asks most
select client, count(*) as requests from access_log group by all order by requests desc limit 20;

-- Tables and what they hold
select table_name, comment from duckdb_tables() order by table_name;

-- Lines that were not understood
select source, reason, count(*) as lines from reject group by all order by lines desc;
