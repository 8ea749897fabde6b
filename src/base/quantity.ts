/** Units that are said by the row's name already: the number stands alone. */
const COUNTED: ReadonlySet<string> = new Set([
  '',
  'sockets',
  'entries',
  'workers',
  'connections',
  'messages',
  'requests',
  'samples',
  'processes',
  'pages',
  'lines',
  'overflows',
]);

/** A number with thousands separators and at most three significant places: `8,578`, `28.4`, `0.03`. */
export function number(value: number): string {
  const size = Math.abs(value);
  if (size >= 100 || Number.isInteger(value)) return Math.round(value).toLocaleString('en-US');
  return value.toLocaleString('en-US', { maximumSignificantDigits: size < 0.1 ? 2 : 3 });
}

/** A value of a metric in words of its unit: `20.0 s`, `30 ms`, `165/s`, `0.8 %`, `12.4 MiB`. */
export function quantity(value: number, unit: string): string {
  if (unit === 's') return seconds(value);
  if (unit === 'ms') return seconds(value / 1000);
  if (unit === 'us') return seconds(value / 1_000_000);
  if (unit === 'ratio' && value > 1.5) return number(Number(value.toPrecision(3)));
  if (unit === 'ratio') return `${number(Number((value * 100).toPrecision(2)))} %`;
  if (unit === '/s') return `${number(value)}/s`;
  if (unit === 'bytes' || unit === 'B') return bytes(value);
  return COUNTED.has(unit) ? number(value) : `${number(value)} ${unit}`;
}

/** How far two values of a metric are apart, in words of its unit; of shares in percentage points: `3.5 points`. */
export function distance(value: number, unit: string): string {
  return unit === 'ratio' && Math.abs(value) <= 1.5
    ? `${number(Number((value * 100).toPrecision(2)))} points`
    : quantity(value, unit);
}

/** `84 s`, `21 min`, `5 h`: a length that is only known roughly, rounded up. */
export function roughly(seconds: number): string {
  if (seconds <= 120) return `${Math.ceil(seconds)} s`;
  return seconds <= 7200 ? `${Math.ceil(seconds / 60)} min` : `${Math.ceil(seconds / 3600)} h`;
}

/** Share of lines that were understood: never `100 %` when one was not. */
export function understood(lines: number, rejects: number): string {
  return rejects === 0 ? '100 %' : `${(Math.floor(((lines - rejects) / lines) * 10_000) / 100).toFixed(2)} %`;
}

/** `512 B`, `1.4 KiB`, `12.4 MiB`. */
export function bytes(value: number): string {
  const power = Math.min(Math.floor(Math.log2(Math.max(Math.abs(value), 1)) / 10), 4);
  return `${number(Number((value / 1024 ** power).toPrecision(3)))} ${['B', 'KiB', 'MiB', 'GiB', 'TiB'][power]}`;
}

function seconds(value: number): string {
  if (value === 0) return '0 s';
  if (Math.abs(value) < 0.001) return `${number(Number((value * 1_000_000).toPrecision(2)))} µs`;
  if (Math.abs(value) < 1) return `${number(Number((value * 1000).toPrecision(3)))} ms`;
  return value < 100 ? `${value.toFixed(1)} s` : duration(value);
}

/** `79 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 120) return `${seconds < 10 ? Number(seconds.toFixed(1)) : whole} s`;
  if (whole < 7200) return joined(Math.floor(whole / 60), 'min', whole % 60, 's');
  return joined(Math.floor(whole / 3600), 'h', Math.round((whole % 3600) / 60), 'min');
}

function joined(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
