-- id: length_of
-- title: A length of time for a sentence, from seconds: 69 seconds, 12 minutes
create or replace temp macro length_of(seconds) as
  list_transform([seconds::double], s -> case
    when s is null then 'an unknown time'
    when round(s) = 1 then '1 second'
    when s < 120 then round(s)::bigint || ' seconds'
    when s < 7200 then round(s / 60)::bigint || ' minutes'
    else format('{:.1f} hours', s / 3600.0)
  end)[1]
