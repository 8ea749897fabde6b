import type { VNode } from 'preact';
import type { Postmortem } from '../../analysis/document.ts';
import { duration } from '../../base/quantity.ts';
import { type HostClock, hostClocks } from '../text/host-clock.ts';
import { leftOutText } from '../text/left-out.ts';
import { timeSpan } from '../text/time.ts';
import { ALL_HOSTS } from '../timeline/all-hosts.ts';
import type { Span } from '../timeline/draw.ts';
import type { DrawnRow, HostLanes, Lane } from '../timeline/lanes.ts';
import type { Cards } from './cards.ts';
import { type Content, el } from './element.ts';
import { drawing, laneRow } from './lane-row.ts';
import { clockAxis, type Frame, frameOf, grid, hostAxis, onsetAxis, tints, windowLabel } from './timeline-backdrop.ts';

type DrawRow = (row: DrawnRow) => Content;

/** The timeline: lanes on one time axis, complete without scripts. `rowIndex` numbers the rows for the client. */
export function timelineSection(document: Postmortem, cards: Cards, hosts: readonly HostLanes[], span: Span): VNode {
  const frame = frameOf(document, span);
  const clocks = hostClocks(document);
  let index = 0;
  return el('section', { id: 'timeline', 'aria-labelledby': 'h-timeline' }, [
    el('h2', { id: 'h-timeline' }, 'Timeline'),
    el('div', { class: 'bar scripted' }, [
      el('p', { id: 'timeline-help' }, [
        'Drag to zoom, double-click or Escape to go back. Keys: ',
        el('kbd', null, '←'),
        el('kbd', null, '→'),
        ' move the crosshair, ',
        el('kbd', null, '+'),
        el('kbd', null, '−'),
        ' zoom, ',
        el('kbd', null, 'Enter'),
        ' to the step or the window at the crosshair.',
      ]),
      document.hosts.length > 1 && hostSwitch(document),
      el('div', { id: 'shown', hidden: true }, [
        el('output', { id: 'shown-span' }),
        el('output', { id: 'shown-host' }),
        el('small', null, ruled(document.hosts.length > 1)),
        el('button', { type: 'button', id: 'show-all' }, 'Show all'),
      ]),
    ]),
    el('figure', { class: 'timeline' }, [
      ...hosts.map((lanes) =>
        hostFigure(
          lanes,
          clocks.find(({ host }) => host === lanes.host),
          frame,
          hosts.length > 1,
          (row) => laneRow(row, span, index++, linkOf(row, cards)),
        ),
      ),
      el('figcaption', null, caption(document, frame)),
    ]),
    el('p', { class: 'visually-hidden', id: 'crosshair-text', 'aria-live': 'polite' }),
  ]);
}

/** What follows the choice of a time or a host, and what cannot. */
function ruled(several: boolean): string {
  return several
    ? 'Lanes, numbers, Who and findings follow time and host; coverage and settings the host; verdict and rejects neither.'
    : 'Lanes, numbers, Who and findings follow; the verdict, settings and counts of lines are of all.';
}

/** The card of the finding that a row is about. */
function linkOf({ finding }: DrawnRow, cards: Cards): string | undefined {
  return finding === null ? undefined : cards.link(finding.id, finding.host);
}

/** All hosts, or one of them. */
function hostSwitch({ hosts }: Postmortem): VNode {
  const choice = (value: string, label: string): VNode =>
    el('label', null, [el('input', { type: 'radio', name: 'host', value, checked: value === ALL_HOSTS }), ` ${label}`]);
  return el('fieldset', { class: 'host-switch' }, [
    el('legend', null, 'Show'),
    choice(ALL_HOSTS, 'all hosts'),
    ...hosts.map(({ name }) => choice(name, name)),
  ]);
}

function hostFigure(
  host: HostLanes,
  clock: HostClock | undefined,
  frame: Frame,
  named: boolean,
  drawRow: DrawRow,
): VNode {
  return el('div', { class: 'host', 'data-host': host.host }, [
    named && el('h3', null, host.host === ALL_HOSTS ? 'All hosts' : `Host ${host.host}`),
    host.overview !== null && overview(host.overview, frame),
    el('div', { class: 'stage' }, [
      el('svg', { class: 'under', 'aria-hidden': 'true' }, [...tints(frame), ...grid(frame)]),
      clockAxis(frame),
      clock !== undefined && hostAxis(frame, clock),
      frame.onset !== null && frame.end !== null && windowLabel(frame, frame.onset, frame.end),
      ...host.lanes.filter(isDrawn).map((lane) => laneBlock(lane, drawRow)),
      stillLanes(host.lanes.filter((lane) => !isDrawn(lane))),
      frame.onset !== null && onsetAxis(frame, frame.onset),
      el(
        'svg',
        {
          class: 'over',
          tabindex: 0,
          role: 'application',
          'aria-label': 'Timeline crosshair',
          'aria-describedby': 'timeline-help',
        },
        [
          el('rect', { class: 'selection', width: 0, height: '100%' }),
          el('line', { class: 'crosshair', x1: '-9', x2: '-9', y1: 0, y2: '100%' }),
        ],
      ),
    ]),
  ]);
}

function overview(row: DrawnRow, frame: Frame): VNode {
  return el('div', { class: 'row overview' }, [
    el('div', { class: 'name' }, [el('b', null, row.name), el('small', null, row.note)]),
    el('svg', { class: 'plot', height: row.drawing.height, 'aria-hidden': 'true' }, [
      ...tints(frame),
      drawing(row, true),
      el('rect', { class: 'frame', x: 0, y: 0.5, width: '100%', height: row.drawing.height - 1 }),
    ]),
    el('div', { class: 'value' }, [
      el('span', null, timeSpan(frame.span.from, frame.span.to)),
      el('small', { class: 'scripted' }, 'the frame is what is shown'),
    ]),
  ]);
}

function laneBlock(lane: Lane, drawRow: DrawRow): VNode {
  return el('div', { class: `lane ${lane.meta.id}` }, [
    el('h3', null, [lane.meta.title, ' ', el('small', null, lane.meta.note)]),
    ...lane.rows.map((row) => drawRow(row)),
    lane.flat.length > 0 && el('p', { class: 'flat' }, `Not drawn: ${lane.flat.join(', ')}`),
  ]);
}

function isDrawn({ rows }: Lane): boolean {
  return rows.length > 0;
}

/** One line about the lanes in which nothing moved. */
function stillLanes(lanes: readonly Lane[]): VNode | null {
  if (lanes.length === 0) return null;
  return el('div', { class: 'lane still' }, [
    el('h3', null, ['Nothing to draw ', el('small', null, 'these did not move')]),
    ...lanes.map(({ meta, flat }) => el('p', { class: 'flat' }, [el('b', null, `${meta.title}: `), flat.join(', ')])),
  ]);
}

function caption(document: Postmortem, frame: Frame): string {
  const interval = document.runs.find((run) => run.intervalS !== null)?.intervalS ?? null;
  const sentences = [
    frame.onset === null
      ? 'Nothing above usual was found, so no window is shaded.'
      : `Shaded: the window that was found, ${timeSpan(frame.onset, frame.end!)}${frame.causeEnd! < frame.end! ? ', lighter after the cause had ended' : ''}.`,
    interval === null ? '' : `Samples every ${duration(interval)}; an onset is known to one sample.`,
    '“Usual” is what the same recording shows when quiet.',
    'Missing values are hatched, never zero.',
    document.timelineLeftOut.length === 0
      ? ''
      : `Events without room here: ${leftOutText(document.timelineLeftOut)}; the graver ones are drawn.`,
  ];
  return sentences.filter((text) => text !== '').join(' ');
}
