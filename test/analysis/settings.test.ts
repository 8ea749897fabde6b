import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { analyse } from '../../src/analysis/analyse.ts';
import type { Setting } from '../../src/analysis/document.ts';
import { loadLibrary } from '../../src/analysis/library.ts';
import { smallCase, tableSources } from '../queries/small-case.ts';

const library = await loadLibrary();

async function settings(t: TestContext, ...inputs: readonly string[]): Promise<ReadonlyMap<string, Setting>> {
  const connection = await smallCase(t, 'quiet.sql', ...inputs);
  const document = await analyse(connection, { lastackVersion: '0.0.0-test', library, tableSources });
  return new Map(document.settings.map((setting) => [setting.key, setting]));
}

describe('settings', () => {
  it('says of a quiet host that nothing matters', async (t) => {
    const quiet = await settings(t);
    assert.deepEqual(
      [...quiet.values()].filter((setting) => setting.matters),
      [],
    );
  });

  it('judges them against each other and against the load, with the arithmetic', async (t) => {
    const judged = await settings(t, 'document/settings.sql');
    const expected: readonly [key: string, judgement: string, why: RegExp, matters: boolean][] = [
      ['Accept queue of *:80', 'Was full', /min\(ListenBacklog 16384, somaxconn 128\) = 128/, true],
      ['net.core.somaxconn', 'Limits listeners', /takes a restart of the listener/, true],
      ['ListenBacklog', 'Cut short', /min\(16384, somaxconn 128\) = 128.*4 requests\/s × 10 s = 40/, true],
      [
        'MaxRequestWorkers',
        'Cut short',
        /ServerLimit 256 allows fewer.*\(7,629 MB - 1,526 MB\) \/ 9\.54 MB \(p95 of PSS\) = 639 fit/,
        false,
      ],
      ['net.ipv4.tcp_fin_timeout', 'No effect', /fixed 60 s.*2 × \(value - 60\) = 60 s/, true],
      ['net.ipv4.tcp_synack_retries', 'Changed', /kept 15 s/, false],
      ['net.ipv4.tcp_max_syn_backlog', 'No effect', /as many as the accept queue/, true],
      ['net.ipv4.tcp_max_tw_buckets', 'Lowered', /would take 131,072/, true],
      ['net.core.rmem_default', 'No effect', /tcp_rmem/, true],
      ['net.ipv4.ip_local_port_range', 'Fine', /28,232 ports \/ 60 s of TIME_WAIT = 470 new connections\/s/, false],
      ['net.netfilter.nf_conntrack_max', 'Nearly full', /1\.5 × 60,000 = 90,000 are enough, 28 MB/, true],
      ['net.netfilter.nf_conntrack_tcp_timeout_time_wait', 'Table only', /TIME_WAIT of sockets stays 60 s/, false],
    ];
    for (const [key, judgement, why, matters] of expected) {
      const setting = judged.get(key);
      assert.equal(setting?.judgement, judgement, key);
      assert.match(setting?.why ?? '', why);
      assert.equal(setting?.matters, matters, key);
    }
  });
});
