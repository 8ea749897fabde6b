/**
 * Records what pairs without a difference are made of: `node dist/test/compare/record.js FOLDER [--habits steady,idle
 * --minutes 10 --interval 3]`. Two runs of each habit at the same time, so that the machine is the same for both; it needs
 * what the lab needs.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Incident } from '../lab/incident.ts';
import type { Lab } from '../lab/lab.ts';
import { pack } from '../lab/pack.ts';
import { record, whyNoLab } from '../lab/record.ts';

interface Habit {
  readonly title: string;
  readonly setUp: (lab: Lab) => Promise<unknown>;
}

const visits = (rate: number): Habit => ({
  title: `the same ${rate} visits a second, nothing else`,
  async setUp(lab) {
    await lab.apache();
    await lab.visitors({ rate });
  },
});

const HABITS: Readonly<Record<string, Habit>> = {
  steady: visits(10),
  idle: visits(2),
  event: {
    title: 'the same 5 visits a second, event MPM',
    async setUp(lab) {
      await lab.apache({ mpm: 'event' });
      await lab.visitors({ rate: 5 });
    },
  },
  overflowing: {
    title: 'the same bursts of 100 connections, ListenBacklog 5 all the time',
    async setUp(lab) {
      await lab.apache({ startServers: 30, listenBacklog: 5 });
      await lab.visitors({ rate: 5 });
      await lab.bursts();
    },
  },
};
/** As long as a closed connection is remembered, and a bit. */
const WARM_UP_S = 75;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    habits: { type: 'string', default: Object.keys(HABITS).join(',') },
    minutes: { type: 'string', default: '10' },
    interval: { type: 'string', default: '3' },
  },
});
const why = whyNoLab();
if (why !== null) throw new Error(`no lab here: ${why}`);
const folder = resolve(positionals[0]!);

for (const name of values.habits.split(',')) {
  const habit = HABITS[name];
  if (habit === undefined) throw new Error(`no habit ${name}; there are ${Object.keys(HABITS).join(', ')}`);
  const incident: Incident = {
    title: habit.title,
    rootCause: null,
    mustNot: [],
    seconds: { warmUp: WARM_UP_S, baseline: 60 * Number(values.minutes), fault: 0, recovery: 0 },
    async setUp(lab) {
      await lab.application();
      await habit.setUp(lab);
    },
  };
  const runs = [1, 2].map((seed) => ({ seed, run: `${name}-${seed}` }));
  await Promise.all(
    runs.map(async ({ seed, run }) => {
      mkdirSync(join(folder, run), { recursive: true });
      await record(name, incident, { folder: join(folder, run), seed, load: 1, intervalS: Number(values.interval) });
    }),
  );
  // Not before both have ended: packing takes a processor for minutes.
  for (const { run } of runs) {
    pack(join(folder, run), run, join(folder, 'packed'));
    process.stdout.write(`${run}\n`);
  }
}
