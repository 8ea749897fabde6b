/** Paths of bars and of single strokes: no curve and no polyline, so that putting two into one path changes nothing. */
const SIMPLE = 'd="([^"LC]*)"';
const STROKE = /<line transform="translate\(([^,]+),([^)]+)\)" x2="([^"]+)" y2="([^"]+)"([^>]*)\/>/g;
const NO_HEIGHT = /<path d="[^"L]*v0h[^"L]*"[^>]*\/>/g;
const ALIKE = new RegExp(`<path ${SIMPLE}([^>]*)/>(?:<path ${SIMPLE}\\2/>)+`, 'g');
const POLYLINE = /(?<= d=")M[-\d.,MLZ]*L[-\d.,MLZ]*(?=")/g;
const BAR = /M([-\d.]+),([-\d.]+)h([-\d.]+)v([-\d.]+)h-[\d.]+Z/g;
/** Numbers have two decimals: where one bar ends and the next begins may differ by that. */
const TOUCHING = 0.015;

/**
 * The same drawing in fewer bytes: neighbouring bars and strokes of one colour in one path each, bars that touch and are of
 * one height as one bar, no bars of no height, and no points in the middle of a level or upright line.
 */
export function mergeMarks(svg: string): string {
  return svg
    .replace(STROKE, '<path d="M$1,$2l$3,$4"$5/>')
    .replace(NO_HEIGHT, '')
    .replace(ALIKE, (run, _first: string, attributes: string) => {
      const shapes = [...run.matchAll(new RegExp(SIMPLE, 'g'))].map((shape) => shape[1]);
      return `<path d="${joinBars(shapes.join(''))}"${attributes}/>`;
    })
    .replace(POLYLINE, straighten);
}

interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Paths of bars alone; others stay as they are. */
function joinBars(path: string): string {
  const bars: Bar[] = [];
  let length = 0;
  for (const [text, ...numbers] of path.matchAll(BAR)) {
    length += text.length;
    const [x, y, width, height] = numbers.map(Number) as [number, number, number, number];
    const last = bars.at(-1);
    const goesOn = last !== undefined && last.y === y && last.height === height;
    if (goesOn && Math.abs(last.x + last.width - x) < TOUCHING)
      bars.push({ ...bars.pop()!, width: x + width - last.x });
    else bars.push({ x, y, width, height });
  }
  if (length < path.length) return path;
  return bars.map(({ x, y, width, height }) => `M${x},${y}h${short(width)}v${height}h-${short(width)}Z`).join('');
}

function straighten(path: string): string {
  return path.replace(/M[^M]*/g, (line) => {
    const points = line.match(/[-\d.]+,[-\d.]+/g)!.map((text) => ({ text, at: text.split(',').map(Number) }));
    const kept: typeof points = [];
    points.forEach((point, i) => {
      const [before, after] = [kept.at(-1), points[i + 1]];
      const inLine =
        before !== undefined &&
        after !== undefined &&
        [0, 1].some(
          (axis) => between(before.at, point.at, after.at, axis) && level(before.at, point.at, after.at, 1 - axis),
        );
      if (!inLine) kept.push(point);
    });
    return `M${kept.map(({ text }) => text).join('L')}${line.endsWith('Z') ? 'Z' : ''}`;
  });
}

type Point = readonly (number | undefined)[];

function level(a: Point, b: Point, c: Point, axis: number): boolean {
  return a[axis] === b[axis] && b[axis] === c[axis];
}

function between(a: Point, b: Point, c: Point, axis: number): boolean {
  return (b[axis]! - a[axis]!) * (c[axis]! - b[axis]!) >= 0;
}

function short(value: number): number {
  return Math.round(value * 100) / 100;
}
