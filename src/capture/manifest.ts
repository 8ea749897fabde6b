import { CliError } from '../base/errors.ts';
import { redactionOf } from './redaction.ts';

/** What became of one probe on the host. */
export type ProbeStatus = 'collected' | 'empty' | 'absent' | 'failed' | 'truncated' | 'skipped';

const STATUSES: ReadonlySet<string> = new Set<ProbeStatus>([
  'collected',
  'empty',
  'absent',
  'failed',
  'truncated',
  'skipped',
]);

/** One row of `manifest.tsv`: a probe of one sample. */
export interface Probe {
  readonly probe: string;
  /** Member it wrote; null when it wrote none. */
  readonly member: string | null;
  readonly status: ProbeStatus;
  readonly exitCode: number | null;
  readonly bytes: number | null;
  readonly durationMs: number | null;
  readonly note: string | null;
}

/** Where the time of a sample comes from, the surest first: its manifest, a file's text, a name, the time a file was changed. */
export type TimeOrigin = 'manifest' | 'content' | 'name' | 'mtime';

/** A sample's own description: who, when, by which clocks, what was tried. Times in UTC. */
export interface Manifest {
  readonly host: string;
  readonly label: string | null;
  readonly session: string | null;
  readonly sequence: number | null;
  readonly intervalS: number | null;
  /** Microseconds since 1970 UTC. */
  readonly tsUs: number;
  readonly tsFrom: TimeOrigin;
  readonly endedUs: number | null;
  readonly utcOffsetMinutes: number;
  readonly zoneName: string | null;
  /** IANA name, `Europe/Berlin`. */
  readonly zone: string | null;
  readonly uptimeS: number | null;
  readonly bootId: string | null;
  readonly kernel: string | null;
  readonly os: string | null;
  readonly cpus: number | null;
  readonly collector: string | null;
  readonly fresh: boolean | null;
  /** Processor time the sample cost the host; packing is not in it. */
  readonly cpuMs: number | null;
  /** Peak resident memory of the collector's shell, KiB. */
  readonly shellPeakKb: number | null;
  /** What `lastack redact` says of the sample: what are pseudonyms, what it cannot find, what it left out. */
  readonly redaction: readonly string[];
  readonly probes: readonly Probe[];
}

/** Format of `manifest.tsv` this version reads. */
export const MANIFEST_VERSION = 1;

/**
 * Reads `manifest.tsv`: `# key<TAB>value` lines, a header row, one row a probe.
 * Throws a CliError (exit 3) where it is no manifest, lacks host or time, or is of a newer format.
 */
export function parseManifest(text: string): Manifest {
  const clocks = new Map<string, string>();
  const probes: Probe[] = [];
  let header: string[] | null = null;
  for (const line of text.split(/\r?\n/)) {
    if (line === '') continue;
    const fields = line.split('\t');
    if (line.startsWith('# ')) clocks.set(fields[0]!.slice(2), fields.slice(1).join(' '));
    else if (header === null) header = fields;
    else probes.push(readProbe(header, fields));
  }
  const version = Number(clocks.get('manifest'));
  if (!(version >= 1)) throw new CliError('manifest.tsv is not a lastack manifest (no "# manifest" line)', 3);
  if (version > MANIFEST_VERSION) {
    throw new CliError(
      `manifest.tsv is of format ${version}; this lastack reads up to ${MANIFEST_VERSION}: use a newer one`,
      3,
    );
  }
  const epochMs = Number(clocks.get('epoch_ms'));
  const host = clocks.get('host');
  if (host === undefined || host === '' || !(epochMs > 0)) throw new CliError('manifest.tsv lacks host or epoch_ms', 3);
  return { host, tsUs: Math.round(epochMs * 1000), tsFrom: 'manifest', ...readClocks(clocks), probes };
}

function readClocks(clocks: ReadonlyMap<string, string>): Omit<Manifest, 'host' | 'tsUs' | 'tsFrom' | 'probes'> {
  const text = (key: string): string | null => clocks.get(key) || null;
  const number = (key: string): number | null => numberOrNull(clocks.get(key));
  const endedMs = number('ended_ms');
  const fresh = text('fresh');
  return {
    label: text('label'),
    session: text('session'),
    sequence: number('sequence'),
    intervalS: number('interval_s'),
    endedUs: endedMs === null ? null : Math.round(endedMs * 1000),
    utcOffsetMinutes: offsetMinutes(text('zone_offset')),
    zoneName: text('zone_name'),
    zone: text('zone'),
    uptimeS: number('uptime_s'),
    bootId: text('boot_id'),
    kernel: text('kernel'),
    os: text('os'),
    cpus: number('cpus'),
    collector: text('collector'),
    fresh: fresh === null ? null : fresh === 'yes',
    cpuMs: number('cpu_ms'),
    shellPeakKb: number('shell_peak_kb'),
    redaction: redactionOf(text),
  };
}

function readProbe(header: readonly string[], fields: readonly string[]): Probe {
  const field = (name: string): string | undefined => fields[header.indexOf(name)];
  const status = field('status') ?? '';
  const started = numberOrNull(field('started_ms'));
  const ended = numberOrNull(field('ended_ms'));
  const member = field('member') ?? '';
  return {
    probe: field('probe') ?? '?',
    member: member === '' || member === '-' ? null : member,
    status: STATUSES.has(status) ? (status as ProbeStatus) : 'failed',
    exitCode: numberOrNull(field('exit_code')),
    bytes: numberOrNull(field('bytes')),
    durationMs: started === null || ended === null ? null : ended - started,
    note: field('note') || null,
  };
}

function numberOrNull(text: string | undefined): number | null {
  if (text === undefined || text === '' || text === '-') return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** Minutes east of UTC from `+0130`; 0 where the host did not say. */
function offsetMinutes(zone: string | null): number {
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(zone ?? '');
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? -minutes : minutes;
}
