import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { quantity } from '../../src/base/quantity.ts';
import { clientScript } from '../../src/report/page/assets.ts';
import { clock, offset } from '../../src/report/text/time.ts';
import { projectRoot } from '../support/project.ts';

const format = (await import(pathToFileURL(join(projectRoot, 'reports/client/format.js')).href)) as {
  valueText(value: number | null, unit: string): string;
  clockText(at: number, step: number): string;
  offsetText(ms: number): string;
};

interface Point {
  readonly x: number;
  readonly y: number;
}

const path = (await import(pathToFileURL(join(projectRoot, 'reports/client/path.js')).href)) as {
  linesOf(d: string): Point[][] | null;
  cut(line: readonly Point[], from: number, to: number): string;
};

describe('the client script', () => {
  it('has sound types', () => {
    const tsc = join(projectRoot, 'node_modules/.bin/tsc');
    const checked = spawnSync(tsc, ['-p', join(projectRoot, 'reports/client/tsconfig.json')], { encoding: 'utf8' });
    assert.equal(checked.stdout, '');
    assert.equal(checked.status, 0);
  });

  it('is one script without imports', () => {
    const script = clientScript();
    assert.doesNotMatch(script, /^\s*(import|export)\b/m);
    assert.doesNotMatch(script, /\beval\b|new Function|innerHTML|<\/script/);
    assert.doesNotThrow(() => new Script(script));
  });

  it('cuts a line to what is shown, and leaves what it cannot cut', () => {
    const [line] = path.linesOf('M0,10L100,10L200,20')!;
    assert.equal(path.cut(line!, 0, 200), 'M0,10L100,10L200,20');
    assert.equal(path.cut(line!, 50, 150), 'M50,10L100,10L150,15');
    assert.equal(path.cut(line!, 110, 120), 'M110,11L120,12');
    assert.equal(path.cut(line!, 300, 400), '');
    assert.equal(path.linesOf('M0,0L5,5M7,7L9,9')!.length, 2);
    assert.equal(path.linesOf('M0,0h5v5Z'), null);
  });

  it('says values as the page does', () => {
    for (const [value, unit] of [
      [8578, 'sockets'],
      [165.42, '/s'],
      [0.0305, 's'],
      [20.02, 's'],
      [0.0081, 'ratio'],
      [0, '/s'],
    ] as const) {
      assert.equal(format.valueText(value, unit), quantity(value, unit));
    }
    for (const seconds of [-30, 11, 200, 7500]) assert.equal(format.offsetText(seconds * 1000), offset(seconds));
    assert.equal(format.clockText(1_795_380_357_000, 1000), clock(1_795_380_357_000));
    assert.equal(format.valueText(null, 's'), 'no value');
  });
});
