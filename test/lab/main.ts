/**
 * Makes incidents happen, records them with the collector and checks what lastack says of them:
 * `npm run test:lab -- [INCIDENT...] [--seeds 1,2] [--intervals 3,5] [--loads 1] [--at-once 3] [--keep FOLDER] [--page FILE]`.
 * With `--watch` the collector waits for a trigger, and only that one capture is looked at. Run n takes the n-th seed, interval and load. `--again FOLDER` (may be repeated) makes nothing and checks what was kept there;
 * `--pack FOLDER` packs what passed as test cases.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Outcome } from './check.ts';
import { INCIDENTS } from './incidents.ts';
import { checkAgain, runMatrix } from './matrix.ts';
import { pack } from './pack.ts';
import { writePage } from './page.ts';
import { whyNoLab } from './record.ts';
import { WATCHED } from './watched.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '1,2' },
    intervals: { type: 'string', default: '3,5' },
    loads: { type: 'string', default: '1,0.8' },
    'at-once': { type: 'string', default: '3' },
    keep: { type: 'string' },
    watch: { type: 'boolean', default: false },
    again: { type: 'string', multiple: true },
    pack: { type: 'string' },
    page: { type: 'string' },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const tell = ({ truth, rootCause, onsetIntervals, watch, passed, wrong, missing }: Outcome): void => {
  const late =
    onsetIntervals !== null && Math.abs(onsetIntervals) > 2 ? [`onset ${onsetIntervals.toFixed(1)} intervals off`] : [];
  const more = [...wrong.map((id) => `wrong ${id}`), ...missing.map((id) => `missing ${id}`), ...late].join(', ');
  const fired =
    truth.watched === undefined
      ? ''
      : watch === null
        ? '; no trigger'
        : `; ${truth.watched!.trigger} at look ${watch.looks}, ${watch.secondsAfter.toFixed(1)} s after the fault, ${watch.secondsBefore.toFixed(0)} s before shown`;
  say(`${passed ? 'ok    ' : 'not ok'} ${truth.incident} seed ${truth.seed}: ${rootCause ?? 'none'} ${more}${fired}`);
};
const outcomes =
  values.again === undefined ? await make() : values.again.flatMap((kept) => checkAgain(resolve(kept), told));
if (values.page !== undefined) writeFileSync(values.page, writePage(outcomes));
const failed = outcomes.filter((outcome) => !outcome.passed).length;
say(`${outcomes.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function told(outcome: Outcome, folder: string): void {
  tell(outcome);
  const { incident, watched } = outcome.truth;
  if (values.pack !== undefined && outcome.passed)
    pack(folder, `${watched === undefined ? '' : 'watched-'}${incident}`, resolve(values.pack));
}

function make(): Promise<Outcome[]> {
  const why = whyNoLab();
  if (why !== null) throw new Error(`no lab here: ${why}`);
  const numbers = (text: string): number[] => text.split(',').map(Number);
  const [seeds, intervals, loads] = [numbers(values.seeds), numbers(values.intervals), numbers(values.loads)];
  const folder = resolve(values.keep ?? mkdtempSync(join(tmpdir(), 'lastack-lab-')));
  say(`recordings in ${folder}`);
  const plans = seeds.flatMap((seed, run) =>
    (positionals.length > 0 ? positionals : values.watch ? WATCHED : INCIDENTS).map((id) => ({
      id,
      seed,
      intervalS: intervals[run % intervals.length]!,
      load: loads[run % loads.length]!,
      folder: join(folder, `${values.watch ? 'watched-' : ''}${id}-${seed}`),
      watch: values.watch,
    })),
  );
  return runMatrix(plans, Number(values['at-once']), tell);
}
