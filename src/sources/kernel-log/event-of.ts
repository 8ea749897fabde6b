import { KERNEL_MESSAGES, type KnownMessage } from './kernel-events.ts';
import { SYSTEM_MESSAGES } from './system-events.ts';

/** What a message is known to be. */
export interface LogEvent {
  readonly id: string;
  readonly port: number | null;
  readonly interface: string | null;
  readonly count: number | null;
  readonly detail: string | null;
  /** Whatever else the message names, as a JSON object. */
  readonly params: string | null;
}

/** Kernel messages are at most about a thousand characters long; nothing is searched beyond. */
const SEARCHED = 1000;
const COLUMNS: ReadonlySet<string> = new Set(['port', 'if', 'if2', 'if3', 'n', 'lost', 'detail']);
/** Programs write into the kernel's buffer too, and the kernel's wordings are quoted by programs. */
const MESSAGES: readonly KnownMessage[] = [...KERNEL_MESSAGES, ...SYSTEM_MESSAGES].map((known) => ({
  ...known,
  hint: known.hint.toLowerCase(),
}));
const HINT = new RegExp(
  [...new Set(MESSAGES.map(({ hint }) => hint.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))].join('|'),
);

/** The event a message is, or null. */
export function eventOf(message: string): LogEvent | null {
  const text = message.slice(0, SEARCHED);
  const lower = text.toLowerCase();
  const first = lower.search(HINT);
  if (first < 0) return null;
  for (const { id, hint, test } of MESSAGES) {
    const match = lower.includes(hint, first) ? test.exec(text) : null;
    if (match === null) continue;
    const groups = match.groups ?? {};
    const port = wholeNumber(groups['port']);
    return {
      id,
      port: port !== null && port <= 65_535 ? port : null,
      interface: groups['if'] || groups['if2'] || groups['if3'] || null,
      count: wholeNumber(groups['n'] ?? groups['lost']),
      detail: (id === 'link' || id === 'service' ? groups['detail']?.toLowerCase() : groups['detail']) || null,
      params: paramsOf(groups),
    };
  }
  return null;
}

function paramsOf(groups: Readonly<Record<string, string | undefined>>): string | null {
  let params: Record<string, string> | null = null;
  for (const name in groups) {
    const value = groups[name];
    if (value === undefined || value === '' || COLUMNS.has(name)) continue;
    params ??= {};
    params[name] = value;
  }
  return params === null ? null : JSON.stringify(params);
}

function wholeNumber(text: string | undefined): number | null {
  const value = text === undefined ? Number.NaN : Number(text);
  return Number.isSafeInteger(value) ? value : null;
}
