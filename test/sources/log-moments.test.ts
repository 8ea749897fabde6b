import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadSources } from '../../src/ingest/load-sources.ts';
import { parseMember, type Row } from '../support/parse-member.ts';

const sources = new Map((await loadSources()).map((source) => [source.id, source]));
const BOOT = 'ac2c0092-7f0e-47e1-a941-3d4577237f4f';
const CONTEXT = { captureTsUs: Date.UTC(2026, 10, 22, 21) * 1000, uptimeS: 3341.5, bootId: BOOT };
const MESSAGE = 'v1: entered promiscuous mode';

function kernelRows(source: string, text: string, context = CONTEXT): readonly Row[] {
  const parsed = parseMember(sources.get(source)!, 'member', [new TextEncoder().encode(text)], context);
  return parsed.tables.get('kernel_log')!;
}

function momentOf(source: string, text: string, context = CONTEXT): unknown {
  const [row] = kernelRows(source, text, context);
  assert.equal(row!['message'], MESSAGE);
  return row!['moment'];
}

describe('a message is the same in every sight of it', () => {
  const stamped = `${BOOT} 1653.831907`;
  const sights: readonly (readonly [string, string, string])[] = [
    ['dmesg', 'kernel-log', `[ 1653.831907] ${MESSAGE}\n`],
    ['dmesg -x', 'kernel-log', `kern  :info  : [ 1653.831907] ${MESSAGE}\n`],
    ['dmesg -r', 'kernel-log', `<6>[ 1653.831907] ${MESSAGE}\n`],
    ['dmesg -d', 'kernel-log', `[ 1653.831907 <   82.625923>] ${MESSAGE}\n`],
    ['dmesg -J', 'kernel-log', `         "time":  1653.831907,\n         "msg": "${MESSAGE}"\n`],
    ['/dev/kmsg', 'kernel-log', `6,347,1653831907,-;${MESSAGE}\n`],
    ['syslog', 'system-log', `Nov 22 20:31:52 www1 kernel: [ 1653.831907] ${MESSAGE}\n`],
    ['journalctl -o short-monotonic', 'system-log', `[ 1653.831907] www1 kernel: ${MESSAGE}\n`],
    [
      'journalctl -o json',
      'system-log',
      `{"_TRANSPORT":"kernel","_SOURCE_MONOTONIC_TIMESTAMP":"1653831907","_BOOT_ID":"${BOOT.replaceAll('-', '')}","MESSAGE":"${MESSAGE}"}\n`,
    ],
  ];
  for (const [dialect, source, text] of sights) {
    it(`${dialect}: by the kernel's own stamp`, () => assert.equal(momentOf(source, text), stamped));
  }

  it('dmesg -T: by the second printed; with fractions, which it works out anew, by the second since boot', () => {
    const text = `[Sun Nov 22 20:31:52 2026] ${MESSAGE}\n`;
    assert.equal(momentOf('kernel-log', text), momentOf('kernel-log', text, { ...CONTEXT, uptimeS: 3341.7 }));
    assert.equal(momentOf('kernel-log', `2026-11-22T20:31:52,331907+00:00 ${MESSAGE}\n`), `${BOOT} ~1654`);
    assert.equal(momentOf('kernel-log', `2026-11-22T20:31:52,334001+00:00 ${MESSAGE}\n`), `${BOOT} ~1654`);
  });

  it('a log without the stamp: by its own time, whatever the boot', () => {
    const text = `2026-11-22T20:31:52.331907+00:00 www1 kernel: ${MESSAGE}\n`;
    const unknown = { ...CONTEXT, bootId: 'another' };
    assert.equal(momentOf('system-log', text), momentOf('system-log', text, unknown));
  });

  it('equal messages of one second are not one', () => {
    const line = `[Sun Nov 22 20:31:52 2026] ${MESSAGE}\n`;
    const moments = kernelRows('kernel-log', line + line).map((row) => row['moment']);
    assert.equal(moments[1], `${String(moments[0])} #2`);
  });

  it('the same stamp of an earlier boot is another message', () => {
    const earlier = momentOf('system-log', `Nov 20 20:31:52 www1 kernel: [ 1653.831907] ${MESSAGE}\n`);
    assert.notEqual(earlier, stamped);
  });
});
