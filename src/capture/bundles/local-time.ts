import { ascii } from '../../base/bytes.ts';
import { epochDay, MINUTE_US, monthAt, SECOND_US } from '../../base/time.ts';
import type { Zone } from '../../base/zone.ts';

/** A time as a text gave it: local, and how far it is east of UTC where the text says so. */
export interface StampedTime {
  /** Microseconds since 1970 of the local time, as if it were UTC. */
  readonly localUs: number;
  /** Minutes east of UTC; null when the text does not say, or says it in letters nobody can be sure of. */
  readonly offsetMinutes: number | null;
  /** `CET`; null when there is none. */
  readonly zoneName: string | null;
}

/** Letters that mean one offset wherever they are used in logs. */
const ZONES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    UTC: 0,
    GMT: 0,
    Z: 0,
    WET: 0,
    WEST: 60,
    CET: 60,
    CEST: 120,
    MET: 60,
    MEST: 120,
    EET: 120,
    EEST: 180,
    MSK: 180,
    EST: -300,
    EDT: -240,
    CDT: -300,
    MDT: -360,
    PST: -480,
    PDT: -420,
    JST: 540,
    KST: 540,
    AEST: 600,
    AEDT: 660,
  }),
);

const ZONE = String.raw`(?<zone>[A-Z]{1,5}|[+-]\d{2}(?::?\d{2})?)`;
const CLOCK = String.raw`(?<h>\d{1,2}):(?<m>\d{2})(?::(?<s>\d{2})(?:[.,](?<frac>\d{1,9}))?)?(?: (?<half>[AP]M))?`;
const DAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const MONTH = '(?<mon>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';

/** The forms `date` prints, in the C locale, in English ones, with -R, -I and --rfc-3339. */
const FORMS: readonly RegExp[] = [
  new RegExp(`^${DAY} ${MONTH} +(?<d>\\d{1,2}) ${CLOCK}(?: ${ZONE})? (?<y>\\d{4})$`),
  new RegExp(`^${DAY},? (?<d>\\d{1,2}) ${MONTH} (?<y>\\d{4}),? ${CLOCK}(?: ${ZONE})?$`),
  new RegExp(`^${DAY} (?<d>\\d{1,2}) ${MONTH} ${CLOCK} ${ZONE} (?<y>\\d{4})$`),
  new RegExp(`^(?<y>\\d{4})-(?<mo>\\d{2})-(?<d>\\d{2})[T _]${CLOCK} ?${ZONE}?$`),
];

const EPOCH = /^(?:TS )?(\d{10})(?:\.(\d{1,9}))?(?: (\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}))?$/;
/** Before 2001 and after 2100 a bare number is no time. */
const [FIRST_EPOCH_S, LAST_EPOCH_S] = [1_000_000_000, 4_102_444_800];
const QUARTER_US = 15 * MINUTE_US;

/** The time that fills a whole text: a form of `date`, ISO, seconds since 1970, or pt-stalk's `TS` line; null for any other. */
export function parseTime(text: string): StampedTime | null {
  if (text.length > 60) return null;
  const epoch = EPOCH.exec(text);
  if (epoch !== null) return fromEpoch(Number(epoch[1]), epoch[2] ?? '', epoch[3]);
  for (const form of FORMS) {
    const groups = form.exec(text)?.groups;
    if (groups !== undefined) return fromFields(groups);
  }
  return null;
}

/** Microseconds since 1970 UTC; `zone` tells the offset where the text did not. */
export function toUtcUs(time: StampedTime, zone: Zone): number {
  return time.offsetMinutes === null ? zone.toUtcUs(time.localUs) : time.localUs - time.offsetMinutes * MINUTE_US;
}

/** A local time from its parts; null when there is no such time. */
export function localTime(
  [year, month, day]: readonly [number, number, number],
  [hour, minute, second]: readonly [number, number, number],
): StampedTime | null {
  const at = epochDay(year, month, day);
  if (Number.isNaN(at) || hour > 23 || minute > 59 || second > 60) return null;
  const localUs = (((at * 24 + hour) * 60 + minute) * 60 + second) * SECOND_US;
  return { localUs, offsetMinutes: null, zoneName: null };
}

function fromFields(groups: Readonly<Record<string, string | undefined>>): StampedTime | null {
  const number = (name: string): number => Number(groups[name] ?? 0);
  const month = groups['mon'] === undefined ? number('mo') : monthAt(ascii(groups['mon']), 0);
  const half = groups['half'];
  const hour = half === undefined ? number('h') : (number('h') % 12) + (half === 'PM' ? 12 : 0);
  const time = localTime([number('y'), month, number('d')], [hour, number('m'), number('s')]);
  if (time === null) return null;
  const zone = groups['zone'];
  return {
    localUs: time.localUs + fraction(groups['frac'] ?? ''),
    offsetMinutes: zone === undefined ? null : zoneOffset(zone),
    zoneName: zone !== undefined && /^[A-Z]/.test(zone) ? zone : null,
  };
}

function fromEpoch(seconds: number, places: string, local: string | undefined): StampedTime | null {
  if (seconds < FIRST_EPOCH_S || seconds > LAST_EPOCH_S) return null;
  const utcUs = seconds * SECOND_US + fraction(places);
  const shown = local === undefined ? null : parseTime(local);
  const offsetUs = shown === null ? 0 : Math.round((shown.localUs - utcUs) / QUARTER_US) * QUARTER_US;
  return { localUs: utcUs + offsetUs, offsetMinutes: offsetUs / MINUTE_US, zoneName: null };
}

function fraction(places: string): number {
  return Number(places.slice(0, 6).padEnd(6, '0'));
}

/** Minutes east of UTC of `+0100`, `+01:00`, `+01` or known letters; null for others. */
export function zoneOffset(zone: string): number | null {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (match === null) return ZONES.get(zone) ?? null;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return match[1] === '-' ? -minutes : minutes;
}
