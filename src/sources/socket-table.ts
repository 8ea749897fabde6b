import type { Column, Table } from '../base/table.ts';

const ANY_HOST = "`*` for any address of both families; `0.0.0.0` and `::` as printed";
const NO_INFO = 'the tool ran without -i, or the socket has none (LISTEN, SYN_RECV, TIME_WAIT)';
const NO_MEMORY = 'the tool ran without -m, or the socket is a mini-socket (TIME_WAIT, SYN_RECV)';
const NO_EXTENDED = 'the tool ran without -e';

/** Where a socket is bound and connected: shared by `socket` and `socket_process`. */
export const SOCKET_ENDPOINTS: readonly Column[] = [
  { name: 'netid', type: 'VARCHAR', comment: 'Kind of socket: tcp, udp, raw, sctp, mptcp, …; tcp where the tool prints no Netid.' },
  { name: 'state', type: 'VARCHAR', comment: 'TCP state as the kernel and netstat spell it: LISTEN, SYN_RECV, CLOSE_WAIT, FIN_WAIT1, ….' },
  { name: 'recv_q', type: 'BIGINT', comment: 'LISTEN: connections waiting for accept(). Else bytes received and not read.', nullWhen: 'the tool ran with -Q' },
  { name: 'send_q', type: 'BIGINT', comment: 'LISTEN: limit of the accept queue. Else bytes not yet acknowledged by the peer.', nullWhen: 'the tool ran with -Q' },
  { name: 'local_addr', type: 'VARCHAR', comment: `Local address; v4-mapped IPv6 as plain IPv4; ${ANY_HOST}.` },
  { name: 'local_port', type: 'INTEGER', comment: 'Local port.', nullWhen: 'printed as `*`' },
  { name: 'peer_addr', type: 'VARCHAR', comment: `Address of the other side; v4-mapped IPv6 as plain IPv4; ${ANY_HOST}.` },
  { name: 'peer_port', type: 'INTEGER', comment: 'Port of the other side.', nullWhen: 'printed as `*`: the socket has no peer' },
];

/** One row a socket in a snapshot. */
export const SOCKET_TABLE: Table = {
  name: 'socket',
  comment: 'A socket of the host at the time of the capture.',
  columns: [
    ...SOCKET_ENDPOINTS,
    { name: 'family', type: 'INTEGER', comment: '4 or 6: family of the socket; 6 for v4-mapped addresses too.', nullWhen: 'the address is `*`, which says dual stack or, before iproute2 4.14, IPv4' },
    { name: 'process', type: 'VARCHAR', comment: 'Name of the first owner.', nullWhen: 'no process owns the socket, or the tool ran without -p or not as root' },
    { name: 'pid', type: 'INTEGER', comment: 'Process id of the first owner.', nullWhen: 'as process' },
    { name: 'timer', type: 'VARCHAR', comment: 'Running timer: on (retransmission), keepalive, timewait, persist, unknown, delack.', nullWhen: 'no timer runs, or the tool ran without -o' },
    { name: 'timer_ms', type: 'BIGINT', unit: 'ms', comment: 'Time until the timer fires.', nullWhen: 'as timer' },
    { name: 'retrans', type: 'INTEGER', comment: 'Retransmissions so far of what the timer guards; for SYN_RECV those of the SYN-ACK.', nullWhen: 'as timer' },
    { name: 'uid', type: 'INTEGER', comment: 'User id of the owner; 0 is not printed and filled in for a socket with an inode.', nullWhen: 'the tool ran without -e, or nobody owns the socket' },
    { name: 'inode', type: 'BIGINT', comment: 'Inode; 0 when nobody owns the socket: in the accept queue, SYN_RECV, TIME_WAIT.', nullWhen: NO_EXTENDED },
    { name: 'rtt_ms', type: 'DOUBLE', unit: 'ms', comment: 'Smoothed round-trip time.', nullWhen: NO_INFO },
    { name: 'rto_ms', type: 'DOUBLE', unit: 'ms', comment: 'Retransmission timeout.', nullWhen: NO_INFO },
    { name: 'cwnd', type: 'INTEGER', unit: 'segments', comment: 'Congestion window.', nullWhen: 'the tool ran without -i' },
    { name: 'retrans_total', type: 'BIGINT', unit: 'segments', comment: 'Segments retransmitted in the life of the socket.', nullWhen: 'none (not printed), or no -i' },
    { name: 'bytes_sent', type: 'BIGINT', unit: 'bytes', comment: 'Bytes sent, retransmissions included.', nullWhen: 'none (not printed), or no -i' },
    { name: 'bytes_acked', type: 'BIGINT', unit: 'bytes', comment: 'Bytes the peer acknowledged (a SYN counts 1).', nullWhen: 'none (not printed), or no -i' },
    { name: 'bytes_received', type: 'BIGINT', unit: 'bytes', comment: 'Bytes received.', nullWhen: 'none (not printed), or no -i' },
    { name: 'segs_out', type: 'BIGINT', unit: 'segments', comment: 'Segments sent.', nullWhen: 'none (not printed), or no -i' },
    { name: 'lastsnd_ms', type: 'BIGINT', unit: 'ms', comment: 'Time since data was last sent.', nullWhen: 'zero (not printed), or no -i' },
    { name: 'lastrcv_ms', type: 'BIGINT', unit: 'ms', comment: 'Time since data was last received.', nullWhen: 'zero (not printed), or no -i' },
    { name: 'unacked', type: 'INTEGER', unit: 'segments', comment: 'Segments in flight; for LISTEN the length of the accept queue.', nullWhen: 'none (not printed), or no -i' },
    { name: 'lost', type: 'INTEGER', unit: 'segments', comment: 'Segments in flight believed lost.', nullWhen: 'none (not printed), or no -i' },
    { name: 'rmem_bytes', type: 'BIGINT', unit: 'bytes', comment: 'Memory held by received data (skmem r).', nullWhen: NO_MEMORY },
    { name: 'wmem_bytes', type: 'BIGINT', unit: 'bytes', comment: 'Memory held by data queued for sending (skmem w).', nullWhen: NO_MEMORY },
    { name: 'drops', type: 'BIGINT', comment: 'Packets the socket dropped (skmem d); on LISTEN rows connections lost.', nullWhen: `${NO_MEMORY}, or iproute2 before 4.7` },
    { name: 'device', type: 'VARCHAR', comment: 'Interface the socket is bound to or its scope (`%eth0`).', nullWhen: 'not bound to one' },
    { name: 'shutdown', type: 'VARCHAR', comment: 'Directions still open: `<->` both, `-->` receive side shut, `<--` send side shut, `---` both shut.', nullWhen: NO_EXTENDED },
    { name: 'cgroup', type: 'VARCHAR', comment: 'Control group of the socket.', nullWhen: 'the tool ran without -e or --cgroup' },
    { name: 'congestion', type: 'VARCHAR', comment: 'Congestion control algorithm.', nullWhen: NO_INFO },
    { name: 'mss', type: 'INTEGER', unit: 'bytes', comment: 'Largest segment sent.', nullWhen: NO_INFO },
    { name: 'pmtu', type: 'INTEGER', unit: 'bytes', comment: 'Path MTU.', nullWhen: NO_INFO },
    { name: 'ssthresh', type: 'INTEGER', unit: 'segments', comment: 'Slow start threshold.', nullWhen: 'still unlimited (not printed), or no -i' },
    { name: 'backoff', type: 'INTEGER', comment: 'Doublings of the retransmission timeout.', nullWhen: 'none (not printed), or no -i' },
    { name: 'rttvar_ms', type: 'DOUBLE', unit: 'ms', comment: 'Variation of the round-trip time.', nullWhen: NO_INFO },
    { name: 'minrtt_ms', type: 'DOUBLE', unit: 'ms', comment: 'Smallest round-trip time seen.', nullWhen: NO_INFO },
    { name: 'retrans_now', type: 'INTEGER', unit: 'segments', comment: 'Retransmitted segments in flight.', nullWhen: 'no retransmission ever (not printed), or no -i' },
    { name: 'bytes_retrans', type: 'BIGINT', unit: 'bytes', comment: 'Bytes retransmitted.', nullWhen: 'none (not printed), or no -i' },
    { name: 'segs_in', type: 'BIGINT', unit: 'segments', comment: 'Segments received.', nullWhen: 'none (not printed), or no -i' },
    { name: 'lastack_ms', type: 'BIGINT', unit: 'ms', comment: 'Time since an acknowledgement was last received.', nullWhen: 'zero (not printed), or no -i' },
    { name: 'notsent_bytes', type: 'BIGINT', unit: 'bytes', comment: 'Bytes queued and never sent.', nullWhen: 'none (not printed), or no -i' },
    { name: 'snd_wnd_bytes', type: 'BIGINT', unit: 'bytes', comment: 'Window the peer offers.', nullWhen: 'zero (not printed), iproute2 before 5.9, or no -i' },
    { name: 'busy_ms', type: 'BIGINT', unit: 'ms', comment: 'Time with data to send.', nullWhen: 'zero (not printed), or no -i' },
    { name: 'rwnd_limited_ms', type: 'BIGINT', unit: 'ms', comment: 'Time sending waited for the window of the peer.', nullWhen: 'zero (not printed), or no -i' },
    { name: 'sndbuf_limited_ms', type: 'BIGINT', unit: 'ms', comment: 'Time sending waited for our send buffer.', nullWhen: 'zero (not printed), or no -i' },
    { name: 'delivery_rate_bps', type: 'BIGINT', unit: 'bits/s', comment: 'Rate at which data lately reached the peer.', nullWhen: 'not known yet (not printed), or no -i' },
    { name: 'rcvbuf_bytes', type: 'BIGINT', unit: 'bytes', comment: 'Limit of the receive buffer (skmem rb).', nullWhen: NO_MEMORY },
    { name: 'sndbuf_bytes', type: 'BIGINT', unit: 'bytes', comment: 'Limit of the send buffer (skmem tb).', nullWhen: NO_MEMORY },
    { name: 'backlog_bytes', type: 'BIGINT', unit: 'bytes', comment: 'Data received while a process held the socket (skmem bl).', nullWhen: NO_MEMORY },
  ],
};
