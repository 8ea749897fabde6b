-- id: amount
-- title: A number for a sentence, 8,578 or 0.42; null for null
create or replace temp macro amount(x) as
  case
    when abs(x) >= 100 or x = round(x) then format('{:,}', round(x)::bigint)
    when abs(x) >= 10 then regexp_replace(format('{:.1f}', x::double), '\.0$', '')
    else regexp_replace(format('{:.2f}', x::double), '\.?0+$', '')
  end
