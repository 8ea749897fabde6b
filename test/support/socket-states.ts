/**
 * A program that opens sockets and moves them on as it is told on its input (`open`, `close`, `cross`); it prints
 * `ready` after each word. Together with the packets that `SOCKETS_SCRIPT` drops they stand in every state of TCP.
 */
export const SOCKETS_IN_ALL_STATES = `
const net = require('node:net');
const accepted = {};
const listen = (options) => new Promise((done) => {
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {});
    if (options.reads !== false) socket.resume();
    (accepted[options.port] ??= []).push(socket);
  });
  server.listen(options, done);
});
const connect = (options) => new Promise((done) => {
  const socket = net.connect({ allowHalfOpen: true, ...options }, () => done(socket));
  socket.on('error', () => {});
});
const pair = async (port, host = '127.0.0.1') => {
  const near = await connect({ host, port });
  while (!accepted[port]?.length) await new Promise(setImmediate);
  return { near, far: accepted[port].shift() };
};
const LONG = '2001:db8:aaaa:bbbb:cccc:dddd:eeee:1';
const kept = [];
let finWait1, lastAck, closing;
const steps = {
  async open() {
    await listen({ host: '127.0.0.1', port: 7001, backlog: 7 });
    await listen({ host: '::', port: 7002 });
    await listen({ host: '::1', port: 7003, ipv6Only: true });
    await listen({ host: LONG, port: 7004 });
    await listen({ host: '127.0.0.1', port: 7005, reads: false });
    for (const port of [7011, 7012, 7013, 7014, 7015, 7016]) await listen({ host: '127.0.0.1', port });
    kept.push(await pair(7001), await pair(7002), await pair(7003, '::1'), await pair(7002, '::1'), await pair(7004, LONG));
    const alive = await pair(7001);
    alive.near.setKeepAlive(true, 600000);
    const unread = await pair(7005);
    unread.far.pause();
    unread.near.write('unread');
    const half = await pair(7001);
    half.near.end();
    kept.push(alive, unread, half);
    const over = await pair(7011);
    over.near.end();
    await new Promise((done) => over.far.once('end', done));
    over.far.end();
    finWait1 = await pair(7012);
    lastAck = await pair(7013);
    closing = await pair(7014);
    lastAck.near.end();
    await new Promise((done) => lastAck.far.once('end', done));
  },
  async close() {
    finWait1.far.end();
    lastAck.far.end();
    closing.far.end();
    for (const port of [7015, 7016]) net.connect({ host: '127.0.0.1', port }).on('error', () => {});
  },
  async cross() {
    closing.near.end();
  },
};
require('node:readline').createInterface({ input: process.stdin })
  .on('line', async (word) => { await steps[word](); console.log('ready'); })
  .on('close', () => process.exit());
`;

/**
 * Runs that program ($3) with node ($1), its pipes in the folder $2, waits until there is a socket in every state, and
 * prints eight rounds of what the tools say. Half-closed sockets stay so because the FINs of ports 7012 to 7014 are
 * dropped, and handshakes because 7015 cannot answer and 7016 hears nothing.
 */
export const SOCKETS_SCRIPT = `
ip link set lo up
ip addr add 2001:db8:aaaa:bbbb:cccc:dddd:eeee:1/128 dev lo nodad
mkfifo "$2/say" "$2/hear"
"$1" -e "$3" <"$2/say" >"$2/hear" &
exec 8>"$2/say" 9<"$2/hear"
tell() { echo "$1" >&8; read -r _ <&9; }
# there STATE COUNT
there() {
  tries=200
  until [ "$(ss -Htan state "$1" | wc -l)" -ge "$2" ]; do
    tries=$((tries - 1))
    [ $tries -gt 0 ] || { echo "no $1" >&2; exit 1; }
    sleep 0.02
  done
}
tell open
for port in 7012 7013 7014; do iptables -A INPUT -p tcp --sport $port --tcp-flags FIN FIN -j DROP; done
iptables -A INPUT -p tcp --sport 7015 --tcp-flags SYN,ACK SYN,ACK -j DROP
iptables -A INPUT -p tcp --dport 7016 --tcp-flags SYN SYN -j DROP
tell close
there fin-wait-1 2
tell cross
for state in established listening syn-recv fin-wait-2 time-wait close-wait last-ack closing; do there $state 1; done
there syn-sent 2
for round in 1 2 3 4 5 6 7 8; do
  echo '==== round'
  echo '== proc-net-tcp.txt'; cat /proc/net/tcp
  echo '== proc-net-tcp6.txt'; cat /proc/net/tcp6
  echo '== ss-tanoe.txt'; ss -tanoe
  echo '== ss-tanoei.txt'; ss -tanoei
  echo '== netstat-tanoeW.txt'; netstat -tanoeW
  echo '== proc-net-tcp.txt again'; cat /proc/net/tcp
  echo '== proc-net-tcp6.txt again'; cat /proc/net/tcp6
done
exec 8>&-
wait
`;
