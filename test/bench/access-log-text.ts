import type { Random } from './random.ts';

/** The LogFormat of `accessLogText`: combined, duration, client port, connection status, keep-alive number, pid. */
export const LOG_FORMAT = '%h %l %u %t "%r" %>s %O "%{Referer}i" "%{User-Agent}i" %D %{remote}p %X %k %P';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const METHODS = ['GET', 'GET', 'GET', 'GET', 'POST', 'HEAD'];
const STATUSES = [200, 200, 200, 200, 206, 301, 304, 404, 502, 503];
const AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
  'curl/7.88.1',
];

/** Access log of the seconds before `endMs`, about `bytes` long, in pieces. */
export function* accessLogText(random: Random, bytes: number, endMs: number): Generator<string> {
  let written = 0;
  let piece = '';
  let line = 0;
  const lines = Math.ceil(bytes / 240);
  while (written + piece.length < bytes) {
    piece += request(random, endMs - Math.floor(((lines - line++) / lines) * 5000));
    if (piece.length > 1_000_000) {
      written += piece.length;
      yield piece;
      piece = '';
    }
  }
  yield piece;
}

function request(random: Random, atMs: number): string {
  const at = new Date(atMs);
  const clock = at.toISOString().slice(11, 19);
  const stamp = `${String(at.getUTCDate()).padStart(2, '0')}/${MONTHS[at.getUTCMonth()]}/${at.getUTCFullYear()}:${clock} +0000`;
  const query = random.next() < 0.4 ? `?id=${random.hex(12)}&page=${random.skewed(500)}` : '';
  const target = `/${random.pick(['app', 'api/v1', 'static', 'shop'])}/${random.pick(['item', 'list', 'cart', 'img'])}/${random.skewed(90_000)}${query}`;
  const agent = random.pick(AGENTS);
  const referer = random.next() < 0.5 ? '-' : `https://www.example.org/${random.hex(8)}`;
  const tail = `${random.skewed(30_000_000)} ${random.between(1024, 65_535)} ${random.pick(['+', '-', 'X'])} ${random.skewed(50)} ${random.between(900, 9999)}`;
  return (
    `${random.address()} - - [${stamp}] "${random.pick(METHODS)} ${target} HTTP/1.1" ${random.pick(STATUSES)} ${random.skewed(900_000)}` +
    ` "${referer}" "${agent}" ${tail}\n`
  );
}
