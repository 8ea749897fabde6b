import type { Postmortem } from '../../src/analysis/document.ts';

/** Text as it may stand in a log by the will of whoever sent it. */
export const HOSTILE: readonly string[] = [
  '</script><script>document.title="owned"</script>',
  '<img src=x onerror="document.title=\'owned\'">',
  '"><svg onload=document.title="owned">',
  "' onfocus=document.title='owned' autofocus='",
  '</style><style>body{display:none}</style>',
  'javascript:document.title="owned"',
  '<!--<script>',
  '\u202egnp.exe\u2066\u2028\u0000\u001b[31m',
  `${'A'.repeat(100_000)}<b>`,
];

/** The document with every string of it, keys of maps included, replaced by the hostile one; times and what the type limits stay. */
export function hostileDocument(document: Postmortem, text: string): Postmortem {
  return replaced(document, text, '') as Postmortem;
}

const LIMITED: ReadonlySet<string> = new Set([
  'kind',
  'severity',
  'role',
  'confidence',
  'status',
  'metric',
  'host',
  'source',
  'of',
  'by',
  'fold',
]);

function replaced(value: unknown, text: string, key: string): unknown {
  if (typeof value === 'string') return LIMITED.has(key) || /^\d{4}-\d\d-\d\dT/.test(value) ? value : text;
  if (Array.isArray(value)) return value.map((item: unknown) => replaced(item, text, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, replaced(item, text, name)]));
}
