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
  'i',
);

/** The event a message is, or null. */
export function eventOf(message: string): LogEvent | null {
  const text = message.slice(0, SEARCHED);
  if (!HINT.test(text)) return null;
  const lower = text.toLowerCase();
  for (const { id, hint, test } of MESSAGES) {
    const match = lower.includes(hint) ? test.exec(text) : null;
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
  const params = Object.entries(groups).filter(
    ([name, value]) => !COLUMNS.has(name) && value !== undefined && value !== '',
  );
  return params.length === 0 ? null : JSON.stringify(Object.fromEntries(params));
}

function wholeNumber(text: string | undefined): number | null {
  const value = text === undefined ? Number.NaN : Number(text);
  return Number.isSafeInteger(value) ? value : null;
}
