import type { Fault } from './kind.ts';
import { grow, type Moment } from './moment.ts';

/** A share of the data segments is lost, and sent again. */
export function loseSegments(moment: Moment, { noise }: Fault, share: number): void {
  const sent = moment.growth['TcpExtTCPOrigDataSent'] ?? 0;
  const again = noise.count(share * sent);
  grow(moment, 'TcpRetransSegs', again);
  grow(moment, 'TcpExtTCPFastRetrans', 0.6 * again);
  grow(moment, 'TcpExtTCPTimeouts', 0.3 * again);
  grow(moment, 'TcpExtTCPLostRetransmit', share * again);
  grow(moment, 'TcpExtTCPDSACKRecv', 0.02 * again);
  moment.sockets = moment.sockets.map((one) =>
    one.bytes === null || one.bytes.sent === 0 ? one : { ...one, repeatShare: share },
  );
}
