/** The application behind Apache, with the faults real ones have. Every option can be changed while it runs. */
import { createServer, type Socket } from 'node:net';
import { randomOf, ready, startOptions } from './program.ts';

interface ApplicationOptions {
  readonly address: string;
  readonly port: number;
  readonly seed: number;
  readonly backlog?: number;
  /** Every answer takes so long instead of 5 to 30 ms. */
  delayMs?: number;
  /** Idle connections are closed after that. */
  idleMs?: number;
  /** Requests below this path are answered and their connection is never closed. */
  forgets?: string;
  /** Waits for the peer to close, so that TIME_WAIT is there. */
  closesLast?: boolean;
  /** What the peer has closed stays open here. */
  leaks?: boolean;
  /** Requests are not read any more. */
  deaf?: boolean;
  /** Bytes of an answer. */
  answerBytes?: number;
}

const options = startOptions() as ApplicationOptions;
const random = randomOf(options.seed);
/** Sockets nobody closes any more. */
const forgotten = new Set<Socket>();

function answer(socket: Socket, path: string, close: boolean): void {
  const missing = path.includes('/missing');
  const bytes = missing ? 300 : (options.answerBytes ?? 1000 + Math.floor(random() * 19_000));
  const head = `HTTP/1.1 ${missing ? '404 Not Found' : '200 OK'}\r\nContent-Type: text/plain\r\nContent-Length: ${bytes}\r\nConnection: ${close ? 'close' : 'keep-alive'}\r\n\r\n`;
  socket.write(head + 'x'.repeat(bytes));
  const forgets = options.forgets !== undefined && path.startsWith(options.forgets);
  if (forgets || (options.leaks === true && close)) {
    forgotten.add(socket);
    socket.setTimeout(0);
  } else if (close && options.closesLast !== true) socket.end();
}

function serve(socket: Socket): void {
  let text = '';
  socket.setTimeout(options.idleMs ?? 30_000, () => socket.destroy());
  socket.on('error', () => undefined);
  socket.on('end', () => {
    if (options.leaks === true) {
      forgotten.add(socket);
      socket.setTimeout(0);
    } else if (!forgotten.has(socket)) socket.end();
  });
  socket.on('data', (chunk) => {
    if (options.deaf === true) socket.pause();
    text += chunk.toString('latin1');
    const end = text.indexOf('\r\n\r\n');
    if (end < 0) return;
    const [, path = '/'] = text.split(' ', 2);
    const close = /connection: *close/i.test(text.slice(0, end));
    text = text.slice(end + 4);
    setTimeout(() => answer(socket, path, close), options.delayMs ?? 5 + random() * 25);
  });
}

createServer({ allowHalfOpen: true }, serve).listen(
  { host: options.address, port: options.port, backlog: options.backlog ?? 128 },
  () => ready(options),
);
