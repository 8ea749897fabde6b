-- id: lasted
-- title: How long something lasted, at least if it had no end: 69 seconds
create or replace temp macro lasted(onset, ended, last_ts) as
  case
    when seconds_between(onset, coalesce(ended, last_ts)) < 0.5 then 'at least a moment'
    when ended is null then 'at least ' || length_of(seconds_between(onset, last_ts))
    else length_of(seconds_between(onset, ended))
  end
