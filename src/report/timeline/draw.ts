import { type LoggerInterface, parse, type Spec, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { type Config, compile, type TopLevelSpec } from 'vega-lite';
import { mergeMarks } from './merge-marks.ts';

/** The time that is drawn, in milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A row of a chart's `lane` table. */
export type Datum = Readonly<Record<string, number | string | boolean | null>>;

/** A label of the value axis and where it stands, in pixels from the top. */
export interface ScaleTick {
  readonly value: number;
  readonly y: number;
}

/** What a chart looks like: SVG elements without the `svg` around them, in a box of `width` × `height`. */
export interface Drawing {
  readonly marks: string;
  readonly width: number;
  readonly height: number;
  readonly ticks: readonly ScaleTick[];
}

/** Charts carry no text, axis or frame: the page sets these as HTML, so that they never stretch. */
const BARE: Config = {
  aria: false,
  autosize: 'none',
  padding: 0,
  background: 'transparent',
  axis: { disable: true },
  legend: { disable: true },
  view: { stroke: null },
};

/** A compiled chart that can be drawn again and again with other data. */
export class Chart {
  readonly #spec: Spec;

  constructor(spec: TopLevelSpec) {
    this.#spec = compile(spec, { config: BARE, logger: strictLogger() }).spec;
  }

  /** Draws the chart; the same rows and span give the same bytes. `top`: end of the scale, for a chart that takes it. */
  async draw(rows: readonly Datum[], span: Span, top?: number): Promise<Drawing> {
    const view = new View(parse(this.#spec, undefined, { ast: true }), {
      expr: expressionInterpreter,
      renderer: 'none',
    });
    view.signal('from', span.from).signal('to', span.to);
    if (top !== undefined) view.signal('top', top);
    view.data(
      'lane',
      rows.map((row) => ({ ...row })),
    );
    const svg = await view.toSVG();
    const drawing = { marks: inside(svg), width: view.width(), height: view.height(), ticks: scaleTicks(view) };
    view.finalize();
    return drawing;
  }
}

/** A warning means that the chart says something else than its author meant: it is a mistake of ours. */
function strictLogger(): LoggerInterface {
  const refuse = (...messages: readonly unknown[]): never => {
    throw new Error(`vega-lite: ${messages.join(' ')}`);
  };
  const ignore = (): LoggerInterface => logger;
  const logger = { level: () => logger, warn: refuse, error: refuse, info: ignore, debug: ignore } as LoggerInterface;
  return logger;
}

/** The marks alone: no frames, no names of Vega's own, two decimals. */
function inside(svg: string): string {
  const marks = svg
    .slice(svg.indexOf('<g'), svg.lastIndexOf('</svg>'))
    .replace(/<path class="(?:back|fore)ground"[^>]*\/>/g, '')
    .replace(
      / (?:class|role|aria-[a-z]+|stroke-miterlimit)="[^"]*"| stroke-dasharray=""| transform="translate\(0,0\)"/g,
      '',
    )
    .replace(/\d+\.\d{3,}/g, (digits) => String(Math.round(Number(digits) * 100) / 100));
  return mergeMarks(marks);
}

function scaleTicks(view: View): readonly ScaleTick[] {
  const scale = valueScale(view);
  if (scale?.ticks === undefined) return [];
  return scale.ticks(3).map((value) => ({ value, y: Math.round(scale(value) * 10) / 10 }));
}

/** The vertical scale; charts without a quantity have none that counts. */
function valueScale(view: View): ValueScale | null {
  try {
    return view.scale('y') as ValueScale;
  } catch {
    return null;
  }
}

interface ValueScale {
  (value: number): number;
  readonly ticks?: (count: number) => number[];
}
