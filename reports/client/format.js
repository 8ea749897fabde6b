/**
 * A number as the page writes it.
 * @param {number} value
 */
export function numberText(value) {
  const size = Math.abs(value);
  if (size >= 100 || Number.isInteger(value)) return Math.round(value).toLocaleString('en-US');
  return value.toLocaleString('en-US', { maximumSignificantDigits: size < 0.1 ? 2 : 3 });
}

/**
 * A value with its unit.
 * @param {number | null | undefined} value
 * @param {string} unit
 */
export function valueText(value, unit) {
  if (value === null || value === undefined) return 'no value';
  if (unit === '/s') return `${numberText(value)}/s`;
  if (unit === 'ratio') return `${numberText(value * 100)} %`;
  if (unit === 's') return value < 1 ? `${numberText(value * 1000)} ms` : `${value.toFixed(1)} s`;
  return numberText(value);
}

/**
 * `20:46:09.4`, UTC; the tenth only where `step` is finer than a second.
 * @param {number} at
 * @param {number} step
 */
export function clockText(at, step) {
  const iso = new Date(at).toISOString();
  if (step >= 86400000) return iso.slice(5, 10);
  if (step >= 60000) return iso.slice(11, 16);
  return iso.slice(11, step < 1000 ? 21 : 19);
}

/**
 * `+11 s`: a distance to the onset.
 * @param {number} ms
 */
export function offsetText(ms) {
  const seconds = Math.abs(ms) / 1000;
  const sign = ms < 0 ? '−' : '+';
  if (ms === 0) return '0 s';
  if (seconds < 120) return `${sign}${Number(seconds.toFixed(1))} s`;
  if (seconds < 7200) {
    const rest = Math.round(seconds % 60);
    return `${sign}${Math.floor(seconds / 60)} min${rest === 0 ? '' : ` ${rest} s`}`;
  }
  const rest = Math.round((seconds % 3600) / 60);
  return `${sign}${Math.floor(seconds / 3600)} h${rest === 0 ? '' : ` ${rest} min`}`;
}
