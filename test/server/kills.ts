import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import { serve } from './served.ts';
import { postForm, untilRead } from './test-server.ts';

/** A capture as the API tells it. */
interface Told {
  readonly id: string;
  readonly state: string;
  readonly samples: number;
}

/**
 * Uploads files and ends the server with SIGKILL at a moment of `moments` (milliseconds after the first upload began), again and
 * again; then lets it finish. Fails unless every capture that was acknowledged is in the case once, and nothing is damaged. Returns
 * how many were acknowledged before a kill.
 */
export async function surviveKills(
  dataFolder: string,
  files: readonly { name: string; bytes: Buffer }[],
  moments: readonly number[],
): Promise<number> {
  const acknowledged = new Set<string>();
  const first = await serve(dataFolder);
  await postForm(`${first.url}/cases`, { name: 'killed' });
  await first.kill();
  for (const moment of moments) {
    const server = await serve(dataFolder);
    const sending = files
      .filter(({ bytes }) => !acknowledged.has(hashOf(bytes)))
      .map(async ({ name, bytes }) => {
        const answer = await fetch(`${server.url}/cases/killed/captures/${name}`, {
          method: 'PUT',
          body: new Uint8Array(bytes),
        });
        if (answer.ok) acknowledged.add(hashOf(bytes));
      });
    const sent = Promise.allSettled(sending);
    await after(moment);
    await server.kill();
    await sent;
  }
  const before = acknowledged.size;
  const server = await serve(dataFolder);
  try {
    const url = `${server.url}/cases/killed`;
    const api = `${server.url}/api/v1/cases/killed`;
    for (const { name, bytes } of files) {
      const answer = await fetch(`${url}/captures/${name}`, { method: 'PUT', body: new Uint8Array(bytes) });
      assert.equal(
        answer.status,
        acknowledged.has(hashOf(bytes)) ? 200 : answer.status,
        `${name} was acknowledged and is gone`,
      );
      assert.ok(answer.ok);
    }
    await untilRead(url);
    const captures = (await (await fetch(`${api}/captures`)).json()) as Told[];
    assert.deepEqual(captures.map(({ id }) => id).toSorted(), files.map(({ bytes }) => hashOf(bytes)).toSorted());
    for (const capture of captures) assert.deepEqual([capture.state, capture.samples], ['read', 1], capture.id);
    const sql = 'select count(*) as n, count(distinct sha256) as files from capture';
    const counted = await fetch(`${url}/query.json?${new URLSearchParams({ sql })}`);
    assert.deepEqual(await counted.json(), [{ n: files.length, files: files.length }]);
    return before;
  } finally {
    await server.kill();
  }
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
