import type { VNode } from 'preact';
import type { Finding } from '../../analysis/document.ts';
import { quantity } from '../../base/quantity.ts';
import { clock, epochMs } from '../text/time.ts';
import { percent } from '../timeline/axis.ts';
import type { Span } from '../timeline/draw.ts';
import { gapsOf } from '../timeline/gaps.ts';
import { peakOf } from '../timeline/host-series.ts';
import { el } from './element.ts';
import type { FindingChart } from './evidence-charts.ts';
import { moment } from './marks.ts';
import { trusted } from './raw.ts';

/** What a finding rests on first, over the whole recording: shaded from its onset to its end, hatched where not known. */
export function findingChart(finding: Finding, { evidence, series, drawing }: FindingChart, span: Span): VNode {
  const peak = peakOf(series.at, series.value);
  const text = [
    peak === null ? '' : `peak ${quantity(peak.value, series.unit)}`,
    series.baseline === null ? '' : `usual ${quantity(series.baseline, series.unit)}`,
  ].filter((part) => part !== '');
  const from = epochMs(finding.onset);
  const to = finding.end === null ? span.to : epochMs(finding.end);
  return el('figure', { class: 'lead' }, [
    el('figcaption', null, [evidence.text, ' ', el('small', null, text.join(', '))]),
    el('svg', { height: drawing.height, role: 'img', 'aria-label': `${evidence.text}: ${text.join(', ')}` }, [
      band('window', from, to, span),
      ...gapsOf(series.at, series.value, span).map((gap) => band('gap', gap.from, gap.to, span)),
      el('line', { class: 'zero', x1: 0, x2: '100%', y1: drawing.height - 0.5, y2: drawing.height - 0.5 }),
      trusted('svg', drawing.marks, {
        viewBox: `0 0 ${drawing.width} ${drawing.height}`,
        preserveAspectRatio: 'none',
        width: '100%',
        height: String(drawing.height),
      }),
    ]),
    el('p', { class: 'ends' }, [
      moment(new Date(span.from).toISOString(), clock(span.from)),
      moment(new Date(span.to).toISOString(), clock(span.to)),
    ]),
  ]);
}

function band(className: string, from: number, to: number, span: Span): VNode {
  const x = Math.max(0, percent(from, span));
  return el('rect', {
    class: className,
    x: `${x}%`,
    y: 0,
    width: `${Math.max(0.3, Math.min(100, percent(to, span)) - x)}%`,
    height: '100%',
  });
}
