import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { analyse } from '../../src/analysis/analyse.ts';
import { importedCase } from '../support/cases.ts';
import { projectRoot } from '../support/project.ts';

test('a value that a sample shows names the capture, and stands in it', async (t) => {
  const read = await importedCase(t, [join(projectRoot, 'samples/worker-exhaustion')]);
  const { findings } = await analyse(read.file.connection, { lastackVersion: '0.0.0-test' });
  const evidence = findings.flatMap((finding) => finding.evidence);
  const queue = evidence.find(({ metric, at }) => metric === 'listener_queue' && at !== undefined)!;
  const [row] = await read.query(
    `select max(recv_q)::integer as waiting from socket join capture using (capture_id)
     where source_path = '${queue.capture}' and state = 'LISTEN' and local_port = 80`,
  );
  assert.equal(row?.['waiting'], queue.value);

  const logged = evidence.filter(({ metric }) => metric === 'request_p95');
  assert.ok(logged.length > 0);
  for (const { capture } of logged)
    assert.equal(capture, undefined, 'what is counted by the second stands in no one sample');
});
