/** Paths of bars and of single strokes: no curve and no polyline, so that putting two into one path changes nothing. */
const SIMPLE = 'd="([^"LC]*)"';
const STROKE = /<line transform="translate\(([^,]+),([^)]+)\)" x2="([^"]+)" y2="([^"]+)"([^>]*)\/>/g;
const NO_HEIGHT = /<path d="[^"L]*v0h[^"L]*"[^>]*\/>/g;
const ALIKE = new RegExp(`<path ${SIMPLE}([^>]*)/>(?:<path ${SIMPLE}\\2/>)+`, 'g');

/** The same drawing with neighbouring bars and strokes of one colour in one path each, and without bars of no height. */
export function mergeMarks(svg: string): string {
  return svg
    .replace(STROKE, '<path d="M$1,$2l$3,$4"$5/>')
    .replace(NO_HEIGHT, '')
    .replace(ALIKE, (run, _first: string, attributes: string) => {
      const shapes = [...run.matchAll(new RegExp(SIMPLE, 'g'))].map((shape) => shape[1]);
      return `<path d="${shapes.join('')}"${attributes}/>`;
    });
}
