import { isIPv4, isIPv6 } from 'node:net';
import type { HostNames } from './host-names.ts';
import type { Form, Span } from './spans.ts';
import { TRIGGER } from './triggers.ts';

type Add = (start: number, end: number, form: Form) => void;

const URL = /(?<![a-z0-9+.-])([a-z][a-z0-9+.-]{0,30}):\/\/(?:([^\s/@"'<>]*)@)?([^\s/:?#"'<>|,;()[\]{}\\]*)/gi;
const QUERY = /(?<=[\w./~%&=+*-])\?(?!:)((?:[^\s"\\<]|\\.|<(?!\/))+)/g;
/** Behind `&` or `;`, and in a page behind `&amp;`; other characters written as `&lt;` end no pair. */
const PAIR_END = /(?<=&amp;)|(?<=&)(?!(?:amp|lt|gt|quot|#\w{1,6});)|(?<=;)(?<!&(?:amp|lt|gt|quot|#\w{1,6});)/;
const PATH_VALUE = /;(?:jsessionid|phpsessid|sid|sessionid)=([^\s?;"'/&]+)/gi;
const MAIL = /(?<![\w.%+-])([\w.%+-]{1,64})@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)/g;
const SECRET =
  /(?<![A-Za-z0-9])(?:passw(?:or)?d|passphrase|secret|api[_-]?key|access[_-]?key|(?:access_|auth_|csrf_)?token|session_?id|phpsessid|jsessionid|sid)["']?\s*[:=]\s*["']?((?:[^\s"'&;,|<>\\]|\\.)+)/gi;
const AUTHORIZATION =
  /\b(?:proxy-)?authorization["']?(?:\s*[:=]\s*|\s+)["']?(?:(?:basic|bearer|digest|negotiate|ntlm)\s+)?((?:[^"'\r\n\t\\]|\\.)+)/gi;
const COOKIE = /\b(?:set-)?cookie2?["']?\s*[:=]\s*["']?((?:[^"'\r\n\t\\]|\\.)+)/gi;
const SECRETS: readonly RegExp[] = [AUTHORIZATION, COOKIE, SECRET];
/** A quoted field of a log that holds nothing but `name=value; name=value`. */
const COOKIE_FIELD = /"((?:[\w.%-]+=[^;"\s]*; ?)*[\w.%-]+=[^;"\s]*;?)"/g;
const COOKIE_VALUE = /([\w.%-]+)=([^;"\s]+)/g;
const ACCESS = /^(.{0,1024}?) \[\d\d\/[A-Z][a-z]{2}\/\d{4}:/;
const SYSLOG =
  /^(?:<\d+>)?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT[\d:.,]+(?:Z|[+-]\d\d:?\d\d)) ([\w.-]+) [\w/.()@-]+(?:\[\d+\])?:/;
const JSON_USER = /"(?:remote_?)?user(?:_?name)?"\s*:\s*"((?:[^"\\]|\\.)+)"/gi;
const USERS: readonly RegExp[] = [
  /\buser ['"]?([^\s'":]+)['"]?(?=: (?:authentication|password)|:? not found|: user| in realm|: nonce)/gi,
  /(?:\bsession (?:opened|closed) for user|\b(?:Accepted|Failed|Postponed) \S+ for(?: invalid user)?|\b[Ii]nvalid user|authenticating user|\bnew user: name=|\b(?:r?user|logname|acct|USER)=)\s*"?([A-Za-z_][\w.@$\\-]*)/g,
  /\buid=\d+\(([^)\s]+)\)/g,
  /\bsudo(?:\[\d+\])?: +([A-Za-z_][\w.-]*) : /g,
  /\bRequire (?:not )?user ((?:[\w.@-]+[ \t]*)+)/gi,
];
const HOSTS: readonly RegExp[] = [
  /\b(?:ServerName|ServerAlias|namevhost|wild alias|(?<=^\s{0,40})alias|default server|Require (?:not )?host|Allow from|Deny from)[\t ]+"?((?:[*\w.:-]+[ \t]*)+)/gi,
  /<VirtualHost\s+([^>]+)>/gi,
  /\bvhost[= ]"?([\w.-]+)/gi,
  /\bkernel\.(?:hostname|domainname)\s*=\s*([\w.-]+)/g,
  /"(?:host|hostname|server_name|vhost)"\s*:\s*"([\w.-]+)"/gi,
  /\[hostname "([^"]+)"\]/g,
];
const LONGEST_NAME = 300;
const NO_HOST = /^(?:\d+|\*|_default_|all|none|granted|denied|\(none\)|localhost)$|%|\$|^env=/i;

/** Finds in a line what only its surroundings give away. */
export class Contexts {
  readonly #hosts: HostNames;

  constructor(hosts: HostNames) {
    this.#hosts = hosts;
  }

  /** Looks where the `TRIGGER` bits say that there may be something. */
  find(line: string, triggers: number): Span[] {
    const spans: Span[] = [];
    const add: Add = (start, end, form) => {
      if (end > start) spans.push({ start, end, form });
    };
    const url = (triggers & TRIGGER.slash) !== 0 && line.includes('://');
    const access = (triggers & TRIGGER.bracket) !== 0 ? ACCESS.exec(line) : null;
    if (access !== null) clientFields(access[1]!, add);
    if (access !== null && line.includes('=')) cookieFields(line, access[0].length, add);
    if (url) urls(line, add);
    if ((triggers & TRIGGER.query) !== 0) queries(line, add);
    if ((triggers & TRIGGER.mail) !== 0) this.#mails(line, add);
    if ((triggers & TRIGGER.secret) !== 0)
      for (const pattern of SECRETS) for (const match of line.matchAll(pattern)) last(match, 1, 'value', add);
    if ((triggers & TRIGGER.user) !== 0) {
      for (const match of line.matchAll(JSON_USER)) if (isUserWord(match[1]!)) last(match, 1, 'user', add);
      for (const pattern of USERS) for (const match of line.matchAll(pattern)) list(match, 'user', add);
    }
    if ((triggers & TRIGGER.host) !== 0)
      for (const pattern of HOSTS) for (const match of line.matchAll(pattern)) list(match, 'host', add);
    const host = isDated(line) ? SYSLOG.exec(line) : null;
    if (host !== null) add(host[0].indexOf(host[1]!, 8), host[0].indexOf(host[1]!, 8) + host[1]!.length, 'host');
    return spans;
  }

  #mails(line: string, add: Add): void {
    for (const { 1: user, 2: host, index } of line.matchAll(MAIL))
      if (this.#hosts.isHost(host!, false)) add(index, index + user!.length, 'user');
  }
}

/** Whether a line begins as those of a syslog do. */
function isDated(line: string): boolean {
  return (line[3] === ' ' && line[9] === ':') || (line[4] === '-' && line[10] === 'T') || line[0] === '<';
}

function urls(line: string, add: Add): void {
  for (const { 0: whole, 1: scheme, 2: user, 3: host, index } of line.matchAll(URL)) {
    const at = index + scheme!.length + 3;
    if (user !== undefined) add(at, at + user.length, 'value');
    if (isHostWord(host!)) add(index + whole.length - host!.length, index + whole.length, 'host');
  }
}

function queries(line: string, add: Add): void {
  for (const { 1: query, index } of line.matchAll(QUERY)) {
    let at = index + 1;
    for (const part of query!.split(PAIR_END)) {
      const pair = part.replace(/(?:&amp;|&|(?<!&(?:lt|gt|quot|#\w{1,6}));)$/, '');
      const equals = pair.indexOf('=');
      if (pair !== 'auto') add(at + equals + 1, at + pair.length, 'value');
      at += part.length;
    }
  }
  for (const match of line.matchAll(PATH_VALUE)) last(match, 1, 'value', add);
}

/**
 * `host ident user` before the time of an access log, perhaps with a virtual host before them. The user may hold blanks.
 * What a format of somebody's own has there is left to its looks.
 */
function clientFields(before: string, add: Add): void {
  const fields = before.split(' ');
  const dash = fields.indexOf('-', 1);
  const ident = dash === 1 || dash === 2 ? dash : fields.length - 2;
  if (ident < 1 || ident > 2 || ident === fields.length - 1) return;
  let at = 0;
  for (const [i, field] of fields.entries()) {
    const name = i < ident ? field.replace(/:\d+$/, '') : i === ident ? field : before.slice(at);
    if (i < ident && isHostWord(name)) add(at, at + name.length, 'host');
    if (i >= ident && isUserWord(name)) add(at, at + name.length, 'user');
    if (i > ident) return;
    at += field.length + 1;
  }
}

/** Whether what stands in a user's place is a name: no dash, number or address. */
function isUserWord(text: string): boolean {
  return /[A-Za-z\x80-\xff]/.test(text) && !isIPv6(text);
}

function cookieFields(line: string, from: number, add: Add): void {
  for (const { 1: field, index } of line.slice(from).matchAll(COOKIE_FIELD))
    for (const { 0: whole, 2: value, index: at } of field!.matchAll(COOKIE_VALUE)) {
      const end = from + index + 1 + at + whole.length;
      add(end - value!.length, end, 'value');
    }
}

/** Each word of a match's list. */
function list(match: RegExpExecArray, form: 'user' | 'host', add: Add): void {
  const start = match.index + match[0].lastIndexOf(match[1]!);
  for (const { 0: word, index } of match[1]!.matchAll(/[^\s,"]+/g)) {
    if (word.length > LONGEST_NAME) continue;
    const lead = /^(?:\*\.|\.)?/.exec(word)![0].length;
    const name = word.slice(lead).replace(/(?<=\D):(?:\d+|\*)$|[:.]+$/, '');
    if (form === 'user' || isHostWord(name)) add(start + index + lead, start + index + lead + name.length, form);
  }
}

function last(match: RegExpExecArray, group: number, form: Form, add: Add): void {
  const text = match[group]!.trimEnd();
  const start = match.index + match[0].lastIndexOf(match[group]!);
  add(start, start + text.length, form);
}

/** Whether a word that stands in a host's place is a name, and not an address, a port or a pattern. */
function isHostWord(word: string): boolean {
  return /^[A-Za-z0-9_][\w.-]*$/.test(word) && !NO_HOST.test(word) && !isIPv4(word) && !isIPv6(word);
}
