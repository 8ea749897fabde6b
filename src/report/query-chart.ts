import { parse, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import { readAsset } from './assets.ts';

/** The result of a query: its columns as DuckDB calls their types, and its rows. */
export interface QueryRows {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
}

/** A drawing and the names of its lines, in the order of their colours; none when there is one only. */
export interface QueryChart {
  readonly svg: string;
  readonly series: readonly string[];
}

/** What a chart is drawn of: where, how much, and of which series. */
interface Point {
  readonly x: number | string;
  readonly value: number;
  readonly series: string;
}

const NUMBER = /^(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|U\w*INT\w*|DOUBLE|FLOAT|DECIMAL)/;
const TIME = /^(?:TIMESTAMP|DATE)/;
const MOST_BARS = 40;
const MOST_SERIES = 6;

/**
 * Draws a result that has a first column of times (lines) or of names (bars) and a column of numbers; null for any other, and
 * for one row. The names stand in the table below it, not in the drawing.
 */
export async function drawQueryChart({ columns, rows }: QueryRows): Promise<QueryChart | null> {
  const [first] = columns;
  const value = columns.findIndex(({ type }, i) => i > 0 && NUMBER.test(type));
  if (first === undefined || value === -1 || rows.length < 2) return null;
  if (TIME.test(first.type)) {
    const name = columns.findIndex(({ type }, i) => i > 0 && type === 'VARCHAR');
    const points = pointsOf(rows, value, name, (x) => Date.parse(`${String(x).replace(' ', 'T')}Z`));
    return new Set(points.map(({ series }) => series)).size > MOST_SERIES ? null : draw('query-line', points);
  }
  if (first.type !== 'VARCHAR' || rows.length > MOST_BARS) return null;
  return draw(
    'query-bar',
    pointsOf(rows, value, -1, (_, i) => i),
  );
}

function pointsOf(
  rows: QueryRows['rows'],
  value: number,
  name: number,
  place: (x: unknown, index: number) => number,
): readonly Point[] {
  return rows
    .map((row, i) => ({
      x: place(row[0], i),
      value: Number(row[value]),
      series: name === -1 ? '' : String(row[name]),
      isThere: row[value] !== null,
    }))
    .filter(({ x, value: amount, isThere }) => isThere && Number.isFinite(x) && Number.isFinite(amount))
    .map(({ x, value: amount, series }) => ({ x, value: amount, series }));
}

async function draw(id: string, points: readonly Point[]): Promise<QueryChart | null> {
  if (points.length < 2) return null;
  const names = [...new Set(points.map(({ series }) => series))];
  const spec = JSON.parse(readAsset(`server/${id}.vl.json`)) as TopLevelSpec;
  const view = new View(parse(compile(spec).spec, undefined, { ast: true }), {
    expr: expressionInterpreter,
    renderer: 'none',
  });
  view.data(
    'result',
    points.map(({ x, value, series }) => ({ x, value, series: names.indexOf(series) })),
  );
  const svg = await view.toSVG();
  view.finalize();
  const bare = svg
    .slice(svg.indexOf('<svg'))
    .replace(/ (?:style|class|role|aria-[a-z]+)="[^"]*"/g, '')
    .replace(/^<svg[^>]*?(viewBox="[^"]*")[^>]*>/, '<svg $1 aria-hidden="true">');
  return { svg: bare, series: names.length > 1 ? names : [] };
}
