/** Clients of the lab: real connections from many addresses. What they saw is written each second. */
import { appendFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import type { LoadOptions } from './load-options.ts';
import { randomOf, ready, sleep, startOptions } from './program.ts';

const AGENTS = ['Mozilla/5.0 (X11; Linux x86_64)', 'Mozilla/5.0 (iPhone)', 'curl/8.5.0', 'okhttp/4.12.0'];

const options = startOptions() as Required<LoadOptions> & { log: string; seed: number };
const random = randomOf(options.seed);
const between = ([least, most]: readonly [number, number]): number => least + random() * (most - least);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
const seen: Record<string, number> = {};
let open = 0;

function count(what: string): void {
  seen[what] = (seen[what] ?? 0) + 1;
}

function path(): string {
  let left = random() * options.paths.reduce((sum, [weight]) => sum + weight, 0);
  return options.paths.find(([weight]) => (left -= weight) < 0)?.[1] ?? options.paths[0]![1];
}

function request(close: boolean): string {
  const agent = options.agent ?? pick(AGENTS);
  return `GET ${path()} HTTP/1.1\r\nHost: www.example.net\r\nUser-Agent: ${agent}\r\nConnection: ${close ? 'close' : 'keep-alive'}\r\n\r\n`;
}

/** Opens a connection; resolves with null when it was refused or the client's patience ended. */
function dial(patienceMs: number): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect({ host: options.target, port: options.port, localAddress: pick(options.from) });
    const timer = setTimeout(() => {
      count('timeout_connect');
      socket.destroy();
      resolve(null);
    }, patienceMs);
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(socket);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      count(`error_${error.code}`);
      resolve(null);
    });
  });
}

/** Sends one request and reads the whole answer; false when the connection is of no further use. */
function exchange(socket: Socket, close: boolean, patienceMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    let head = '';
    let left = -1;
    const timer = setTimeout(() => done('timeout_response', false), patienceMs);
    const done = (what: string, more: boolean): void => {
      clearTimeout(timer);
      socket.off('data', take);
      socket.off('close', cut);
      count(what);
      resolve(more);
    };
    const cut = (): void => done('cut', false);
    const take = (chunk: Buffer): void => {
      if (left >= 0) left -= chunk.length;
      else {
        head += chunk.toString('latin1');
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) return;
        left = Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0) - (head.length - end - 4);
      }
      if (left <= 0) done(`http_${head.slice(9, 12)}`, !close && !/connection: *close/i.test(head));
    };
    socket.on('data', take);
    socket.once('close', cut);
    socket.write(request(close));
  });
}

async function visit(): Promise<void> {
  const patienceS = between(options.patienceS ?? [8, 12]);
  const until = Date.now() + patienceS * 1000;
  const socket = await dial(patienceS * 1000);
  if (socket === null) return;
  await sleep(between(options.thinkS ?? [0.01, 0.1]));
  const several = random() < (options.keepAliveShare ?? 0);
  for (let left = several ? 3 + Math.floor(random() * 4) : 1; left > 0; left--) {
    if (!(await exchange(socket, left === 1, Math.max(50, until - Date.now())))) break;
    if (left > 1) await sleep(between([0.1, 0.6]));
  }
  // As a browser does: what still comes is not read any more.
  socket.destroy();
}

async function stay(): Promise<void> {
  const socket = await dial(8000);
  if (socket === null) return;
  const closed = new Promise((resolve) => socket.once('close', resolve));
  if (options.mode === 'hold') {
    await exchange(socket, false, 8000);
    socket.resume();
  } else if (options.mode === 'dribble') {
    socket.resume();
    socket.write('GET / HTTP/1.1\r\nHost: www.example.net\r\n');
    const timer = setInterval(() => socket.write(`X-a: ${Math.floor(random() * 5000)}\r\n`), between([3, 6]) * 1000);
    void closed.then(() => clearInterval(timer));
  } else if (options.mode === 'sip') {
    socket.write(request(true));
    socket.pause();
    const timer = setInterval(() => socket.read(2048), 1000);
    void closed.then(() => clearInterval(timer));
  } else if (options.mode === 'pour') {
    socket.resume();
    socket.write('POST /upload HTTP/1.1\r\nHost: www.example.net\r\nContent-Length: 1000000000\r\n\r\n');
    const timer = setInterval(() => socket.writableNeedDrain || socket.write('x'.repeat(100_000)), 100);
    void closed.then(() => clearInterval(timer));
  } else socket.resume();
  await closed;
}

function start(): void {
  if (open >= (options.most ?? 600)) {
    count('not_started');
    return;
  }
  open++;
  const session = options.mode === 'visits' || options.mode === 'burst' ? visit() : stay();
  void session.finally(() => open--);
}

setInterval(() => {
  appendFileSync(options.log, `${JSON.stringify({ ts_ms: Date.now(), open, ...seen })}\n`);
  for (const key of Object.keys(seen)) delete seen[key];
}, 1000);
ready(options);
for (;;) {
  await sleep(options.mode === 'burst' ? 1 / options.rate : -Math.log(1 - random()) / options.rate);
  for (let n = options.mode === 'burst' ? (options.burst ?? 100) : 1; n > 0; n--) start();
}
