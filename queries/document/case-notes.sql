-- id: case-notes
-- title: What people wrote about the case
-- needs: note
-- columns:
--   written TIMESTAMP when it was written
--   author VARCHAR who wrote it
--   text VARCHAR what
--   about_ts TIMESTAMP time it is about; null for none
--   finding VARCHAR finding it is about; null for none
select written, author, text, about_ts, finding
from note
order by coalesce(about_ts, written), note_id
