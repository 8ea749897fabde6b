import type { VNode } from 'preact';
import type { CollectorCost, Postmortem, Stall } from '../../analysis/document.ts';
import { bytes, number, quantity } from '../../base/quantity.ts';
import { clock, epochMs } from '../text/time.ts';
import { type Content, el } from './element.ts';
import { bullets, moment, ofHost } from './marks.ts';

const MOST_STALLS = 10;

/** What recording cost the host, and which probes kept it waiting: both say how much of a moment a sample is. */
export function collectorCost({ quality, hosts }: Postmortem): readonly VNode[] {
  const several = hosts.length > 1;
  const { collectors, stalls } = quality;
  const left = stalls.length - MOST_STALLS;
  return [
    collectors.length > 0 &&
      el('div', null, [
        el('h3', { class: 'minor' }, 'What recording cost'),
        bullets(collectors.map((one) => ofHost(one.host, cost(one, several)))),
      ]),
    stalls.length > 0 &&
      el('div', null, [
        el('h3', { class: 'minor' }, 'Probes that took a second or longer'),
        bullets([
          ...stalls.slice(0, MOST_STALLS).map((one) => ofHost(one.host, stall(one, several))),
          ...(left > 0 ? [`and ${number(left)} more sources`] : []),
        ]),
      ]),
  ].filter((part) => part !== false);
}

function cost(one: CollectorCost, several: boolean): Content {
  const where = `${one.collector ?? 'The collector'}${several ? ` on ${one.host}` : ''}, ${number(one.samples)} samples: `;
  const parts: Content[] = [];
  if (one.wallMs !== null) parts.push([took(one.wallMs), ' from the first probe to the last']);
  if (one.cpuMs !== null) {
    const share =
      one.cpuShare === null ? '' : `, ${quantity(one.cpuShare, 'ratio')} of one processor over the recording`;
    parts.push([took(one.cpuMs), ` of processor time${share}, without packing`]);
  }
  if (one.shellPeakKb !== null) parts.push(`at most ${bytes(one.shellPeakKb * 1024)} in the shell`);
  const told = parts.length === 0 ? ['not recorded'] : parts.flatMap((part, i) => (i === 0 ? [part] : ['; ', part]));
  return [where, ...told, '.'];
}

function took({ median, most, mostAt }: NonNullable<CollectorCost['wallMs']>): Content {
  return [
    `usually ${quantity(median, 'ms')}, at most ${quantity(most, 'ms')} (`,
    moment(mostAt, clock(epochMs(mostAt))),
    ')',
  ];
}

function stall(one: Stall, several: boolean): Content {
  return [
    el('b', null, one.source),
    `${several ? ` on ${one.host}` : ''} in ${number(one.samples)} of ${number(one.of)} samples, at most ${quantity(one.mostMs, 'ms')} (`,
    moment(one.mostAt, clock(epochMs(one.mostAt))),
    ')',
  ];
}
