import { duration as sayDuration } from '../../base/quantity.ts';
import type { Aspect } from '../comparison-document.ts';
import { FEWEST_BLOCKS } from '../statistics/blocks.ts';
import { mean } from '../statistics/moments.ts';
import { runsOf } from './align.ts';
import { loads, otherWork } from './compared-load.ts';
import type { SideData } from './read-side.ts';
import { rounded } from './wording.ts';

/** Share of requests that may go to other URLs. */
const MIX_SHIFT = 0.15;
const INTERVAL_RATIO = 1.2;
const FEWEST_SAMPLES = 2 * FEWEST_BLOCKS;
/** Below so many samples by so much time nothing but what never varies can be judged. */
const SHORTEST_S = 90;

type Sides = readonly [SideData, SideData];

/** What has to be the same on both sides, and whether it is; those that are not come first. */
export function judgeComparability(sides: Sides): Aspect[] {
  const aspects = [
    ...loads(sides),
    mix(sides),
    duration(sides),
    interval(sides),
    reboot(sides),
    otherWork(sides),
    ...['host', 'kernel', 'os', 'cpus', 'collector', 'boot'].map((aspect) => fact(sides, aspect)),
    apache(sides, 'Apache', 'Server version'),
    apache(sides, 'Apache built', 'Server built'),
    apache(sides, 'MPM', 'Server MPM'),
    ...coverage(sides),
  ].filter((aspect) => aspect !== null);
  const weight = ({ ok, refuses }: Aspect): number => (ok ? 3 : ['all', 'not-per-load', 'none'].indexOf(refuses));
  return aspects.toSorted((a, b) => weight(a) - weight(b));
}

function mix(sides: Sides): Aspect | null {
  if (sides.some((side) => side.mix.length === 0)) return null;
  const names = new Set(sides.flatMap((side) => side.mix.map(({ name }) => name)));
  const share = (side: SideData, name: string): number => side.mix.find((one) => one.name === name)?.share ?? 0;
  const moved = [...names].reduce((sum, name) => sum + Math.abs(share(sides[0], name) - share(sides[1], name)), 0) / 2;
  const top = (side: SideData): string =>
    side.mix
      .slice(0, 3)
      .map(({ name, share: part }) => `${name || 'other'} ${Math.round(part * 100)} %`)
      .join(', ');
  const ok = moved <= MIX_SHIFT;
  return {
    aspect: 'URLs asked for',
    before: top(sides[0]),
    after: top(sides[1]),
    ok,
    refuses: ok ? 'none' : 'not-per-load',
    note: ok ? null : `${Math.round(moved * 100)} % of the requests went to other URLs`,
  };
}

function duration(sides: Sides): Aspect {
  const of = (side: SideData): { seconds: number; samples: number; runs: number } => ({
    seconds: mean(side.facts.map(({ start, end }) => (Date.parse(end) - Date.parse(start)) / 1000)),
    samples: Math.min(...side.facts.map(({ samples }) => samples)),
    runs: runsOf(side).length,
  });
  const [a, b] = sides.map(of) as [ReturnType<typeof of>, ReturnType<typeof of>];
  const short = Math.min(a.seconds, b.seconds) < SHORTEST_S || Math.min(a.samples, b.samples) < FEWEST_SAMPLES;
  const unequal = Math.max(a.seconds, b.seconds) > 2 * Math.min(a.seconds, b.seconds);
  const several = a.runs > 1 && b.runs > 1;
  const text = ({ seconds, samples, runs }: typeof a): string =>
    `${sayDuration(seconds)}, ${samples} samples${runs > 1 ? `, ${runs} runs` : ''}`;
  return {
    aspect: 'Duration',
    before: text(a),
    after: text(b),
    ok: !unequal && (!short || several),
    refuses: short && !several ? 'all' : 'none',
    note:
      short && !several
        ? `too short: a verdict takes at least ${FEWEST_SAMPLES} samples and ${SHORTEST_S} s a side, most take more`
        : unequal
          ? 'one side is more than twice as long: daily rhythm and warm-up weigh differently'
          : null,
  };
}

function interval(sides: Sides): Aspect | null {
  const [before, after] = sides.map((side) => {
    const known = side.postmortem.runs.map(({ intervalS }) => intervalS).filter((seconds) => seconds !== null);
    return known.length === 0 ? null : mean(known);
  }) as [number | null, number | null];
  if (before === null || after === null) return null;
  const ok = Math.max(before, after) <= INTERVAL_RATIO * Math.min(before, after);
  return {
    aspect: 'Sampling interval',
    before: `${rounded(before)} s`,
    after: `${rounded(after)} s`,
    ok,
    refuses: 'none',
    note: ok ? null : 'the shorter interval shows peaks that the longer one misses',
  };
}

function reboot(sides: Sides): Aspect | null {
  const boots = sides.map((side) => Math.max(...side.facts.map((facts) => facts.boots))) as [number, number];
  if (Math.max(...boots) <= 1) return null;
  const where = boots
    .map((count, i) => (count > 1 ? ['before', 'after'][i]! : ''))
    .filter(Boolean)
    .join(' and ');
  return {
    aspect: 'Boots within a run',
    before: String(boots[0]),
    after: String(boots[1]),
    ok: false,
    refuses: 'all',
    note: `the host booted anew in the middle of "${where}": what a fresh boot changes cannot be told from the change`,
  };
}

const TITLES: Readonly<Record<string, string>> = {
  host: 'Host',
  kernel: 'Kernel',
  os: 'Distribution',
  cpus: 'Processors',
  collector: 'Collector',
  boot: 'Boot',
};

function fact(sides: Sides, name: string): Aspect | null {
  const of = (side: SideData): string =>
    [...new Set(side.facts.map((facts) => String(facts[name as keyof typeof facts] ?? '')))].toSorted().join(', ');
  const [before, after] = [of(sides[0]), of(sides[1])];
  if (before === '' && after === '') return null;
  const ok = before === after;
  const short = (text: string): string => (name === 'boot' ? text.replace(/-[0-9a-f-]+/g, '') : text) || 'not recorded';
  return {
    aspect: TITLES[name] ?? name,
    before: short(before),
    after: short(after),
    ok,
    refuses: 'none',
    note: ok ? null : 'a difference may come from it',
  };
}

function apache(sides: Sides, aspect: string, key: string): Aspect | null {
  const of = (side: SideData): string =>
    [
      ...new Set(side.settings.filter((one) => one.kind === 'apache' && one.key === key).map(({ value }) => value)),
    ].join(', ');
  const [before, after] = [of(sides[0]), of(sides[1])];
  if (before === '' && after === '') return null;
  const ok = before === after;
  return {
    aspect,
    before: before || 'not recorded',
    after: after || 'not recorded',
    ok,
    refuses: 'none',
    note: ok ? null : 'another Apache may explain any difference of requests and workers',
  };
}

/** Sources that one side has and the other has not. */
function coverage(sides: Sides): Aspect[] {
  const read = sides.map(
    (side) =>
      new Set(
        side.postmortem.coverage
          .filter(({ samples }) => ['collected', 'empty', 'truncated'].some((status) => (samples[status] ?? 0) > 0))
          .map(({ source }) => source),
      ),
  ) as [Set<string>, Set<string>];
  const sources = new Set([...read[0], ...read[1]]);
  const missing = [...sources].filter((source) => !read[0].has(source) || !read[1].has(source)).toSorted();
  if (missing.length === 0)
    return [
      {
        aspect: 'Sources',
        before: `${read[0].size} read`,
        after: `${read[1].size} read`,
        ok: true,
        refuses: 'none',
        note: null,
      },
    ];
  return missing.map((source) => ({
    aspect: `Source ${source}`,
    before: read[0].has(source) ? 'read' : 'missing',
    after: read[1].has(source) ? 'read' : 'missing',
    ok: false,
    refuses: 'none' as const,
    note: 'what only it shows is not compared; missing is not zero',
  }));
}
