-- id: notes
-- title: What the recording cannot show
-- needs: recording, socket, request, sample
-- columns:
--   note VARCHAR one sentence
with note as (
  select 1 as place, 'The recording of ' || run || ' on ' || host || ' is a single sample: no rates, no onsets; only what one sample can prove.' as note
  from recording
  where samples = 1
  union all
  select 2, 'Samples of ' || run || ' on ' || host || ' are ' || length_of(interval_s) || ' apart: SYN_RECV and LAST_ACK can come and go between two.'
  from recording
  where interval_s > 60
  union all
  select 3, 'Sockets of ' || s.run || ' on ' || s.host || ' carry no inode: accepted and never accepted connections cannot be told apart.'
  from socket as k
  join sample as s using (capture_id)
  group by s.run, s.host
  having count(k.inode) = 0
  union all
  select 4, 'The access log of ' || run || ' on ' || host || ' has no duration (%D): nothing is said about response times.'
  from request
  group by run, host
  having count(duration_s) = 0
  union all
  select 5, 'The recording of ' || run || ' on ' || host || ' is shorter than a minute: what is usual may be the incident.'
  from recording
  where samples > 1 and seconds_between(first_ts, last_ts) < 60
)
select note from note order by place, note
