-- id: import-notes
-- title: What the import left out or could not read
-- needs: import_note
-- columns:
--   note VARCHAR what was left out, and why
--   files BIGINT files it was said of
--   first VARCHAR the first of them
select any_value(note order by source_path, note) as note, count(distinct source_path) as files, min(source_path) as first
from import_note
-- Captures of one host differ in the name of their top folder alone.
group by regexp_replace(note, '^entry "[^"/]*/', 'entry "')
order by files desc, first, note
