-- id: ruled_out
-- title: A look-alike and what speaks against it; null leaves it out
create or replace temp macro ruled_out(id, because) as {'id': id::varchar, 'because': because::varchar, 'text': because::varchar}
