-- id: evidence
-- title: One item of evidence; left out when it has no value and no raw line
create or replace temp macro evidence(
  item, metric := null, dimension := null, value := null, baseline := null, unit := null,
  seen := null, capture := null, member := null, line := null, excerpt := null
) as {
  'text': case when value is not null or excerpt is not null then item::varchar end, 'metric': metric::varchar, 'dimension': dimension::varchar, 'value': round(value::double, 4),
  'baseline': round(baseline::double, 4), 'unit': unit::varchar, 'at': seen::timestamp, 'capture': capture::varchar,
  'member': member::varchar, 'line': line::bigint, 'excerpt': left(excerpt::varchar, 300)
}
