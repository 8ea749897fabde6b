import type { Random } from './random.ts';

const FRONT = '[::ffff:198.51.100.7]:443';
const HEADER = 'State      Recv-Q Send-Q      Local Address:Port          Peer Address:Port Process';
/** `ss` pads the second line of every socket to the widest of them. */
const INFO_WIDTH = 580;

/** Output of `ss -tanoemi` on a busy load balancer, about `bytes` long, in pieces. */
export function* socketText(random: Random, bytes: number): Generator<string> {
  let written = 0;
  let piece = `${HEADER}\n`;
  for (let socket = 1; written + piece.length < bytes; socket++) {
    piece += someSocket(random, socket);
    if (piece.length > 1_000_000) {
      written += piece.length;
      yield piece;
      piece = '';
    }
  }
  yield piece;
}

function someSocket(random: Random, socket: number): string {
  const dice = random.next();
  if (dice < 0.4) return timeWait(random, socket);
  if (dice < 0.45) {
    return row(
      random,
      'SYN-RECV',
      0,
      0,
      `timer:(on,${random.between(10, 999)}ms,${random.between(0, 3)}) ino:0 ${sk(socket)}`,
    );
  }
  if (dice < 0.85) return open(random, 'ESTAB', socket);
  return open(random, random.pick(['CLOSE-WAIT', 'LAST-ACK', 'FIN-WAIT-1', 'FIN-WAIT-2']), socket);
}

function timeWait(random: Random, socket: number): string {
  return row(random, 'TIME-WAIT', 0, 0, `timer:(timewait,${random.between(1, 59)}sec,0) ino:0 ${sk(socket)}`);
}

function open(random: Random, state: string, socket: number): string {
  const unread = random.next() < 0.1 ? random.skewed(60_000) : 0;
  const unsent = random.next() < 0.2 ? random.skewed(200_000) : 0;
  const timer = unsent > 0 ? `timer:(on,${random.between(10, 999)}ms,${random.between(0, 4)}) ` : '';
  const owner = `${timer}uid:33 ino:${random.between(10_000, 99_999_999)} ${sk(socket)} cgroup:/system.slice/apache2.service <->`;
  return row(random, state, unread, unsent, owner, details(random, unsent));
}

function details(random: Random, unsent: number): string {
  const sent = random.skewed(50_000_000);
  const packets = Math.ceil(sent / 1448);
  const rtt = random.skewed(300_000) / 1000;
  const retransmitted = unsent > 0 ? ` bytes_retrans:${random.skewed(20_000)}` : '';
  const idle = random.skewed(60_000);
  return (
    ` skmem:(r${random.skewed(4096)},rb131072,t0,tb${random.between(60_000, 400_000)},f${random.between(0, 4095)},w${unsent},o0,bl0,d0)` +
    ` ts sack cubic wscale:${random.between(5, 10)},7 rto:${random.between(201, 900)} rtt:${rtt}/${(rtt / 2).toFixed(3)} ato:40` +
    ` mss:1448 pmtu:1500 rcvmss:${random.between(536, 1448)} advmss:1448 cwnd:${random.between(1, 80)} bytes_sent:${sent}${retransmitted}` +
    ` bytes_acked:${sent} bytes_received:${random.skewed(200_000)} segs_out:${packets + 3} segs_in:${random.skewed(5000)}` +
    ` data_segs_out:${packets} data_segs_in:${random.skewed(200)} send ${random.between(100_000, 900_000_000)}bps lastsnd:${idle}` +
    ` lastrcv:${idle + random.between(0, 90)} lastack:${idle} pacing_rate ${random.between(100_000, 900_000_000)}bps` +
    ` delivery_rate ${random.between(100_000, 900_000_000)}bps delivered:${packets + 1} app_limited busy:${random.skewed(90_000)}ms` +
    `${unsent > 0 ? ` unacked:${random.between(1, 20)} retrans:0/${random.between(0, 9)}` : ''} rcv_space:14480` +
    ` rcv_ssthresh:${random.between(30_000, 90_000)} minrtt:${(rtt * 0.8).toFixed(3)} snd_wnd:${random.between(20_000, 99_000)}`
  );
}

function row(random: Random, state: string, recvQ: number, sendQ: number, rest: string, info = ''): string {
  const peer = `[::ffff:${random.address()}]:${random.between(1024, 65_535)}`;
  const queues = `${String(recvQ).padEnd(6)} ${String(sendQ).padEnd(6)}`;
  return `${state.padEnd(10)} ${queues} ${FRONT.padStart(24)} ${peer.padStart(31)} ${rest}\n\t${info.padEnd(INFO_WIDTH)}\n`;
}

function sk(socket: number): string {
  return `sk:${socket.toString(16)}`;
}
