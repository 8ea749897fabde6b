import { parseTime, type StampedTime } from './local-time.ts';

/** A line that stands between outputs: a time, a prompt with or without a command, the title of a file. */
export interface Mark {
  readonly time: StampedTime | null;
  /** The command typed, or the file shown; null when the line is only a time or an empty prompt. */
  readonly command: string | null;
  /** Host named by the prompt. */
  readonly host: string | null;
  /** The line is a mark whatever its command is; otherwise only if the command's output is known. */
  readonly sure: boolean;
}

/** Longer lines are no marks. */
export const MARK_BYTES = 200;

const PROMPT = /^\[?[\w.-]{1,40}@([\w.-]{1,64})(?:[: ][^#$]{0,80})?\]?[#$] ?(.*)$/;
const DOLLAR = /^\$ (\S.*)$/;
const TRACED = /^\+{1,3} (\S.*)$/;
const SHOWN_FILE = /^==> (\S.*) <==$/;
const PREFIX = /^(?:sudo|time|nice) /;
const HASH = /^# ?(\S.*)$/;
/** Commands whose first argument is a word. */
const TAKES_WORDS = /^(?:ip|tc|nft|conntrack|cat|head|tail|date|while|for|watch|apache2?ctl|journalctl|timedatectl)$/;
const RULED = /^([=#*>-])\1{1,}\s*(\S.*?)\s*(?:\1*)$/;
const LABELLED = /^(?:date|time|timestamp|ts)\s*[:=]\s*(\S.*)$/i;

/** How marks begin; most lines of outputs do not. */
const BEGINNING =
  /^\s*(?:[A-Z][a-z]{2},? [A-Z\d ]|[12]\d{3}-|1\d{9}(?:\.|\s*$)|TS |\[?[\w.-]{1,40}@|[$+#=*>-]|(?:date|time|ts)\w{0,6}\s*[:=])/i;

/** What a line of a pasted file says of the lines after it; null for a line of an output. */
export function readMark(line: string): Mark | null {
  if (!BEGINNING.test(line)) return null;
  const text = line.trim();
  const time = parseTime(text);
  if (time !== null) return { time, command: null, host: null, sure: true };
  return readPrompt(text) ?? readTitle(text);
}

function readPrompt(text: string): Mark | null {
  const prompt = PROMPT.exec(text);
  if (prompt !== null) return { time: null, command: prompt[2]!.trim() || null, host: prompt[1]!, sure: true };
  const dollar = DOLLAR.exec(text) ?? SHOWN_FILE.exec(text);
  if (dollar !== null) return { time: null, command: dollar[1]!, host: null, sure: true };
  const traced = TRACED.exec(text);
  if (traced !== null) return titled(traced[1]!);
  const hash = text.startsWith('##') ? null : HASH.exec(text);
  return hash === null || isProse(hash[1]!) ? null : titled(hash[1]!);
}

/** A comment in words, `# sysctl settings are`: a command has options, a path, or stands alone. */
function isProse(text: string): boolean {
  if (parseTime(text) !== null) return false;
  const [program = '', argument = '-'] = text.replace(PREFIX, '').split(/\s+/);
  return /^[^-/|>&;+]/.test(argument) && !TAKES_WORDS.test(program);
}

function readTitle(text: string): Mark | null {
  const ruled = RULED.exec(text) ?? LABELLED.exec(text);
  return ruled === null ? null : titled(ruled[ruled.length - 1]!);
}

/** A text between ornaments: a time, or perhaps a command. */
function titled(text: string): Mark {
  const time = parseTime(text);
  return { time, command: time === null ? text : null, host: null, sure: time !== null || /^date(?: |$)/.test(text) };
}

/** Names under which a command's output is kept: `ss-tan.txt` for `ss -tan`, and the file it prints. */
export function commandNames(command: string): readonly string[] {
  const words = command
    .replace(PREFIX, '')
    .split(/[|>;&]/)[0]!
    .trim()
    .split(/\s+/);
  const [program = '', ...options] = words;
  const last = options.at(-1) ?? program;
  const path = last.includes('/') ? [last.replace(/^\/+/, '')] : [];
  const name = [program.slice(program.lastIndexOf('/') + 1), ...options].join('').replaceAll('/', '-');
  const spaced = [program.slice(program.lastIndexOf('/') + 1), ...options.map((word) => word.replace(/^-+/, ''))].join(
    '-',
  );
  return [...path, `${name}.txt`, `${spaced.replaceAll('/', '-')}.txt`, ...(options.length === 0 ? [program] : [])];
}
