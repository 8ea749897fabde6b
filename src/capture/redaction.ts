/** Where captures that have no manifest say what was redacted: lines as those of a manifest. */
export const REDACTION_MEMBER = 'lastack-redaction.txt';

/** What a capture says of its redaction, a note each; none where it says nothing. `value` gives that of a key. */
export function redactionOf(value: (key: string) => string | null | undefined): readonly string[] {
  const redacted = value('redacted');
  if (!redacted) return [];
  const leftOut = value('redaction_left_out');
  return [
    `redacted ${redacted}; not found: ${value('not_redacted') || 'it does not say'}`,
    ...(leftOut ? [`left out when it was redacted: ${leftOut}`] : []),
  ];
}

/** The same, from the text of `REDACTION_MEMBER`. */
export function redactionIn(text: string): readonly string[] {
  const values = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const match = /^# (\w+)\t(.*)$/.exec(line);
    if (match !== null) values.set(match[1]!, match[2]!);
  }
  return redactionOf((key) => values.get(key));
}
