/** @typedef {{ x: number, y: number }} Point */

/**
 * The lines of a path that has only absolute moves and straight lines; null where it has anything else.
 * @param {string} d
 * @returns {Point[][] | null}
 */
export function linesOf(d) {
  if (!/^(?:[ML][-\d.]+[ ,][-\d.]+)*$/.test(d)) return null;
  return [...d.matchAll(/M[^M]*/g)].map(([line]) =>
    [...line.matchAll(/([-\d.]+)[ ,]([-\d.]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) })),
  );
}

/**
 * The part of a line between two x, as a path; empty where there is none.
 * @param {Point[]} line In order of x.
 * @param {number} from
 * @param {number} to
 */
export function cut(line, from, to) {
  /** @type {Point[]} */
  const kept = [];
  line.forEach((point, i) => {
    const before = line[i - 1];
    if (before !== undefined)
      for (const edge of [from, to]) {
        if (before.x < edge && point.x > edge) kept.push(between(before, point, edge));
      }
    if (point.x >= from && point.x <= to) kept.push(point);
  });
  return kept.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x},${y}`).join('');
}

/**
 * @param {Point} a
 * @param {Point} b
 * @param {number} x
 */
function between(a, b, x) {
  return { x, y: a.y + ((b.y - a.y) * (x - a.x)) / (b.x - a.x) };
}
