-- id: action
-- title: What to do: text, command, risk, how to verify
create or replace temp macro action(item, command := null, risk := null, verify := null) as
  {'text': item::varchar, 'command': command::varchar, 'risk': risk::varchar, 'verify': verify::varchar}
