const UNITS: Readonly<Record<string, number>> = { B: 1, kB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30, TB: 2 ** 40 };
const SECONDS: Readonly<Record<string, number>> = { day: 86_400, hour: 3600, minute: 60, second: 1 };

type Pairs = readonly (readonly [key: string, value: string])[];

/** What a line of the page's head says, under the keys and in the units of `?auto`; empty for a line that says nothing of it. */
export function summaryPairs(line: string): Pairs {
  for (const [pattern, pairs] of LINES) {
    const match = pattern.exec(line);
    if (match !== null) return pairs(match);
  }
  return [];
}

const LINES: readonly (readonly [pattern: RegExp, pairs: (match: RegExpExecArray) => Pairs])[] = [
  [/^(?:<dl>)?<dt>Server Version: (.*?)<\/dt>$/, ([, version]) => [['ServerVersion', version!]]],
  [/^<dt>Server MPM: (\w+)<\/dt>$/, ([, mpm]) => [['ServerMPM', mpm!.toLowerCase()]]],
  [/^<dt>Current Time: (.*?)<\/dt>$/, ([, time]) => [['CurrentTime', time!]]],
  [/^<dt>Server uptime: +((?:\d+ [a-z]+ ?)+)<\/dt>$/, ([, uptime]) => [['Uptime', `${uptimeSeconds(uptime!)}`]]],
  [
    /^<dt>Total accesses: (\d+) - Total Traffic: ([\d.]+) ([kMGT]?B)(?: - Total Duration: (\d+))?<\/dt>$/,
    ([, accesses, traffic, unit, duration]) => [
      ['Total Accesses', accesses!],
      ['Total kBytes', `${(Number(traffic) * UNITS[unit!]!) / 1024}`],
      ...(duration === undefined ? [] : [['Total Duration', duration] as const]),
    ],
  ],
  [
    /^<dt>(\d+) requests currently being processed, (?:(\d+) workers gracefully restarting, )?(\d+) idle workers<\/dt>$/,
    ([, busy, graceful, idle]) => [
      ['BusyWorkers', busy!],
      ...(graceful === undefined ? [] : [['GracefulWorkers', graceful] as const]),
      ['IdleWorkers', idle!],
    ],
  ],
];

/** `1 day 2 hours 3 minutes 4 seconds` */
function uptimeSeconds(text: string): number {
  let total = 0;
  for (const [, count, unit] of text.matchAll(/(\d+) (day|hour|minute|second)s?/g))
    total += Number(count) * SECONDS[unit!]!;
  return total;
}
