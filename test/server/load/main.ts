// npm run test:server-load: what is too long for npm test. Fifty uploads at once, twenty kills.
import assert from 'node:assert/strict';
import { randomFillSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tarBytes } from '../../support/archives.ts';
import { seededRandom } from '../../support/random.ts';
import { surviveKills } from '../kills.ts';
import { serve } from '../served.ts';
import { postForm, sampleFiles, untilRead } from '../test-server.ts';

const UPLOADS = 50;
const UPLOAD_BYTES = 20 * 2 ** 20;
const MOST_BYTES = 2 ** 30;
const KILLS = 20;
const LATEST_MS = 4000;

const folder = mkdtempSync(join(tmpdir(), 'lastack-load-'));
try {
  await uploadsAtOnce(join(folder, 'load'));
  const random = seededRandom(Number(process.env['SEED'] ?? 1));
  const moments = Array.from({ length: KILLS }, () => random(LATEST_MS));
  const kept = await surviveKills(join(folder, 'kills'), await sampleFiles('worker-exhaustion', 40), moments);
  process.stdout.write(
    `${KILLS} kills: ${kept} of 40 captures were acknowledged before the last one, all are there once\n`,
  );
} finally {
  rmSync(folder, { recursive: true });
}

/** Captures with logs of 20 MB that hardly compress, all at the same time. */
async function uploadsAtOnce(dataFolder: string): Promise<void> {
  const server = await serve(dataFolder);
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, memoryOf(server.child.pid!));
  }, 100);
  try {
    await postForm(`${server.url}/cases`, { name: 'load' });
    const url = `${server.url}/cases/load`;
    const began = performance.now();
    const bodies = await Promise.all(Array.from({ length: UPLOADS }, (_, i) => captureOf(i)));
    const sent = bodies.map(async (body, i) => {
      const answer = await fetch(`${url}/captures/load-${i}.tar`, { method: 'PUT', body: new Uint8Array(body) });
      assert.equal(answer.status, 201, await answer.text());
    });
    await Promise.all(sent);
    const uploaded = performance.now();
    await untilRead(url);
    const seconds = (ms: number): string => (ms / 1000).toFixed(1);
    process.stdout.write(
      `${UPLOADS} uploads of ${UPLOAD_BYTES / 2 ** 20} MB: sent after ${seconds(uploaded - began)} s, read after ${seconds(performance.now() - began)} s, at most ${Math.round(peak / 2 ** 20)} MB of memory in all processes\n`,
    );
    assert.ok(peak < MOST_BYTES, `${peak} bytes of memory`);
  } finally {
    clearInterval(watch);
    await server.kill();
  }
}

/** An archive with an access log of 20 MB, of its own. */
function captureOf(number: number): Promise<Buffer> {
  const noise = randomFillSync(Buffer.alloc(UPLOAD_BYTES / 4)).toString('hex');
  const lines: string[] = [];
  for (let at = 0, size = 0; size < UPLOAD_BYTES; at += 64) {
    const line = `10.0.${number}.${at % 250} - - [22/Nov/2026:20:${String(at % 60).padStart(2, '0')}:00 +0000] "GET /${noise.slice(at % noise.length, (at % noise.length) + 64)} HTTP/1.1" 200 512 "-" "curl/8"\n`;
    lines.push(line);
    size += line.length;
  }
  return tarBytes([{ name: 'access.log', body: lines.join('') }]);
}

/** Resident bytes of a process and all below it; what they share counts for each. */
function memoryOf(pid: number): number {
  try {
    const own = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean),
    );
    return children.reduce((sum, child) => sum + memoryOf(Number(child)), own);
  } catch {
    return 0;
  }
}
