import { fixedZone, namedZone, type Zone } from '../../base/zone.ts';
import type { Manifest } from '../manifest.ts';
import { type Entry, withoutCompression } from './entry.ts';
import { parseTime, type StampedTime, zoneOffset } from './local-time.ts';
import { lastLogTime, syslogHost } from './log-time.ts';

/** What the small files of a bundle say of the host and of the moment. */
export interface HostFacts {
  host: string | null;
  /** What `date` printed. */
  date: StampedTime | null;
  /** IANA name. */
  zone: string | null;
  zoneName: string | null;
  offsetMinutes: number | null;
  /** Seconds since boot when `uptime` ran, to the minute. */
  uptimeS: number | null;
  /** Boot, seconds since 1970. */
  bootedS: number | null;
  bootId: string | null;
  kernel: string | null;
  os: string | null;
  cpus: number | null;
  sosVersion: string | null;
}

interface FactFile {
  /** Paths with one of these endings, a folder before them or not. */
  readonly path: RegExp;
  readonly read: (entry: Entry, facts: HostFacts) => void;
}

const NAME = /^[\w.-]{1,253}$/;

/** Better files first: what one has said, a later one leaves. */
const FILES: readonly FactFile[] = [
  { path: /(?:^|\/)sos_commands\/\w+\/hostname$/, read: ({ head }, facts) => setHost(facts, head) },
  { path: /(?:^|[/_-])hostname(?:\.txt)?$/, read: ({ head }, facts) => setHost(facts, head) },
  { path: /(?:^|[/_-])date(?:\.txt)?$/, read: ({ head }, facts) => readDate(facts, head) },
  { path: /(?:^|[/_-])uname(?:[_ -]+a)?(?:\.txt)?$/, read: ({ head }, facts) => readUname(facts, head) },
  { path: /timedatectl(?:[_-]status)?(?:\.txt)?$/, read: ({ head }, facts) => readTimedatectl(facts, head) },
  { path: /etc\/timezone$/, read: ({ head }, facts) => setZone(facts, head) },
  {
    path: /etc\/sysconfig\/clock$/,
    read: ({ head }, facts) => setZone(facts, /^ZONE="?([^"\n]+)"?$/m.exec(head)?.[1] ?? ''),
  },
  { path: /(?:proc\/|-proc)stat$/, read: ({ head, tail }, facts) => readProcStat(facts, head, tail) },
  { path: /(?:^|[/_-])(?:uptime|top)(?:\.txt)?$/, read: ({ head }, facts) => readUptime(facts, head) },
  {
    path: /proc\/sys\/kernel\/random\/boot_id$/,
    read: ({ head }, facts) => {
      facts.bootId ??= /^[0-9a-f-]{36}$/.exec(head.trim())?.[0] ?? null;
    },
  },
  { path: /journalctl_--list-boots$/, read: ({ tail }, facts) => readBoots(facts, tail) },
  {
    path: /etc\/os-release$/,
    read: ({ head }, facts) => {
      facts.os ??= /^PRETTY_NAME="?([^"\n]+)"?$/m.exec(head)?.[1] ?? null;
    },
  },
  {
    path: /(?:^|\/)version\.txt$/,
    read: ({ head }, facts) => {
      facts.sosVersion ??= /^sos(?:report|): *(\d[\w.-]{0,20})/m.exec(head)?.[1] ?? null;
    },
  },
  {
    path: /etc\/(?:redhat|centos|SuSE)-release$/,
    read: ({ head }, facts) => {
      facts.os ??= head.split('\n', 1)[0]!.trim() || null;
    },
  },
];

/** Whether a file is read for what it says of the host. */
export function isFactFile(path: string): boolean {
  return FILES.some((file) => file.path.test(withoutCompression(path)));
}

/** Adds what prompts, times and logs say of the host, where its own files say nothing. */
export function addHints(facts: HostFacts, entries: readonly Entry[]): void {
  for (const { outline, head, tail, modifiedUs } of entries) {
    facts.host ??= outline?.host ?? syslogHost(head);
    const stamps = [...(outline?.times.slice(0, 1) ?? []), lastLogTime(tail, modifiedUs)];
    for (const stamp of stamps) {
      facts.offsetMinutes ??= stamp?.offsetMinutes ?? null;
      facts.zoneName ??= stamp?.zoneName ?? null;
    }
  }
}

/** Reads what the entries say of their host. */
export function readHostFacts(entries: readonly Entry[]): HostFacts {
  const facts: HostFacts = {
    host: null,
    date: null,
    zone: null,
    zoneName: null,
    offsetMinutes: null,
    uptimeS: null,
    bootedS: null,
    bootId: null,
    kernel: null,
    os: null,
    cpus: null,
    sosVersion: null,
  };
  for (const { path, read } of FILES) {
    for (const entry of entries) if (path.test(withoutCompression(entry.path))) read(entry, facts);
  }
  return facts;
}

/** The zone of the host as far as its files say. */
export function zoneOf(facts: HostFacts): Zone {
  return (facts.zone === null ? null : namedZone(facts.zone)) ?? fixedZone(facts.offsetMinutes ?? 0);
}

/** The manifest of a sample of this host. */
export function manifestOf(
  facts: HostFacts,
  sample: { readonly tsUs: number; readonly tsFrom: Manifest['tsFrom']; readonly collector: string },
): Manifest {
  const uptimeS = facts.bootedS === null ? facts.uptimeS : Math.round(sample.tsUs / 1e4 - facts.bootedS * 100) / 100;
  return {
    host: facts.host ?? UNKNOWN_HOST,
    label: null,
    session: null,
    sequence: null,
    intervalS: null,
    tsUs: Math.round(sample.tsUs),
    tsFrom: sample.tsFrom,
    endedUs: null,
    utcOffsetMinutes: facts.offsetMinutes ?? 0,
    zoneName: facts.zoneName,
    zone: facts.zone,
    uptimeS: uptimeS !== null && uptimeS >= 0 ? uptimeS : null,
    bootId: facts.bootId,
    kernel: facts.kernel,
    os: facts.os,
    cpus: facts.cpus,
    collector: sample.collector,
    fresh: null,
    cpuMs: null,
    shellPeakKb: null,
    redaction: [],
    probes: [],
  };
}

/** The host of samples that do not name theirs. */
export const UNKNOWN_HOST = 'unknown';

function setHost(facts: HostFacts, text: string): void {
  const name = text.trim().split('\n').at(-1)!.trim();
  if (NAME.test(name)) facts.host ??= name;
}

function setZone(facts: HostFacts, text: string): void {
  const name = text.trim();
  if (name !== '' && namedZone(name) !== null) facts.zone ??= name;
}

function readDate(facts: HostFacts, text: string): void {
  for (const line of text.split('\n')) {
    const time = parseTime(line.trim());
    if (time === null) continue;
    facts.date ??= time;
    facts.offsetMinutes ??= time.offsetMinutes;
    facts.zoneName ??= time.zoneName;
    return;
  }
}

/** `Linux www1 3.10.0-1160.el7.x86_64 #1 SMP …` */
function readUname(facts: HostFacts, text: string): void {
  const [system, host, kernel] = text.trim().split(/\s+/);
  if (system !== 'Linux' || host === undefined || kernel === undefined) return;
  facts.kernel ??= kernel;
  setHost(facts, host);
}

/** `Time zone: Europe/Berlin (CET, +0100)`, before systemd 213 `Timezone: …` */
function readTimedatectl(facts: HostFacts, text: string): void {
  const match = /Time ?zone: (\S+) \((\w+), ([+-]\d{4})\)/i.exec(text);
  if (match === null) return;
  setZone(facts, match[1]!);
  facts.zoneName ??= match[2]!;
  facts.offsetMinutes ??= zoneOffset(match[3]!);
}

function readProcStat(facts: HostFacts, head: string, tail: string): void {
  const cpus = new Set(head.match(/^cpu\d+ /gm)).size;
  if (cpus > 0) facts.cpus ??= cpus;
  const booted = /^btime (\d{9,11})$/m.exec(tail) ?? /^btime (\d{9,11})$/m.exec(head);
  if (booted !== null) facts.bootedS ??= Number(booted[1]);
}

/** ` 16:10:01 up 10 days,  3:04,  2 users,  load average: …` */
function readUptime(facts: HostFacts, text: string): void {
  const up = /\bup +(?:(\d+) days?, +)?(?:(\d+):(\d{2})|(\d+) min)\b/.exec(text);
  if (up === null) return;
  const [, days = '0', hours = '0', minutes, only = '0'] = up;
  facts.uptimeS ??= ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes ?? only)) * 60;
}

/** ` 0 3a6f… Mon 2026-11-23 …`: the boot the report was made in. */
function readBoots(facts: HostFacts, text: string): void {
  const id = /^ *0 ([0-9a-f]{32})\b/m.exec(text)?.[1];
  if (id !== undefined) facts.bootId ??= id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
