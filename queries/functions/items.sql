-- id: items
-- title: A list of items as JSON, without those that have no text
create or replace temp macro items(list) as to_json(list_filter(list, item -> item.text is not null))
