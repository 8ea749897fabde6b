-- id: import-notes
-- title: What the import left out or could not read
-- needs: import_note
-- columns:
--   note VARCHAR what was left out, and why
--   files BIGINT files it was said of
--   first VARCHAR the first of them
select note, count(*) as files, min(source_path) as first
from import_note
group by note
order by files desc, first, note
