-- id: length_of
-- title: A length of time for a sentence, from seconds: 69 seconds, 12 minutes
create or replace temp macro length_of(seconds) as
  case
    when seconds is null then 'an unknown time'
    when round(seconds) = 1 then '1 second'
    when seconds < 120 then round(seconds)::bigint || ' seconds'
    when seconds < 7200 then round(seconds / 60)::bigint || ' minutes'
    else format('{:.1f} hours', seconds / 3600.0)
  end
