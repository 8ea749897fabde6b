/**
 * Records what pairs without a difference are made of: `node dist/test/compare/record.js FOLDER [--minutes 10 --interval 3]`.
 * Two runs of each habit at the same time, so that the machine is the same for both; it needs what the lab needs.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Incident } from '../lab/incident.ts';
import { pack } from '../lab/pack.ts';
import { record, whyNoLab } from '../lab/record.ts';

/** Visits per second. */
const HABITS = { steady: 10, idle: 2 };
/** As long as a closed connection is remembered, and a bit. */
const WARM_UP_S = 75;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: 'string', default: '10' }, interval: { type: 'string', default: '3' } },
});
const why = whyNoLab();
if (why !== null) throw new Error(`no lab here: ${why}`);
const folder = resolve(positionals[0]!);

for (const [habit, rate] of Object.entries(HABITS)) {
  const incident: Incident = {
    title: `the same ${rate} visits a second, nothing else`,
    rootCause: null,
    mustNot: [],
    seconds: { warmUp: WARM_UP_S, baseline: 60 * Number(values.minutes), fault: 0, recovery: 0 },
    async setUp(lab) {
      await lab.application();
      await lab.apache();
      await lab.visitors({ rate });
    },
  };
  await Promise.all(
    [1, 2].map(async (seed) => {
      const name = `${habit}-${seed}`;
      mkdirSync(join(folder, name), { recursive: true });
      await record(habit, incident, { folder: join(folder, name), seed, load: 1, intervalS: Number(values.interval) });
      pack(join(folder, name), name, join(folder, 'packed'));
      process.stdout.write(`${name}\n`);
    }),
  );
}
