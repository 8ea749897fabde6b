-- id: amount
-- title: A number for a sentence, 8,578 or 0.42; null for null
create or replace temp macro amount(x) as
  -- A macro pastes its argument wherever it is named; the list holds it once, which halves the time to plan a finding.
  list_transform([x::double], v -> case
    when abs(v) >= 100 or v = round(v) then format('{:,}', round(v)::bigint)
    when abs(v) >= 10 then regexp_replace(format('{:.1f}', v), '\.0$', '')
    else regexp_replace(format('{:.2f}', v), '\.?0+$', '')
  end)[1]
