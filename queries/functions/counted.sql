-- id: counted
-- title: A number with its noun in the right number: 1 line, 64 lines
create or replace temp macro counted(n, noun) as amount(n) || ' ' || noun || case when n = 1 then '' else 's' end
