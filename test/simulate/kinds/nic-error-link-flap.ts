import type { Kind } from '../kind.ts';
import { loseSegments } from '../lose-segments.ts';
import { grow } from '../moment.ts';

/** A bad cable: packets arrive damaged, and the link goes down for a moment now and then. */
export const kind: Kind = {
  id: 'nic-error-link-flap',
  cause: 'nic-error-link-flap',
  needs: [['kernel-log', 'interface']],
  also: ['tcp-retransmission'],
  during: (moment, fault) => {
    const { step, noise, forS } = fault;
    const damaged = noise.count([12, 40, 200][step]! * moment.spanS);
    grow(moment, 'link.rx_crc', damaged);
    grow(moment, 'link.rx_errors', damaged);
    loseSegments(moment, fault, [0.005, 0.02, 0.08][step]!);
    if (forS > moment.spanS && !noise.chance(0.2)) return;
    const about = { event: 'link', interface: 'eth0' };
    moment.kernel.push(
      { ...about, message: 'igb 0000:01:00.0 eth0: igb: eth0 NIC Link is Down', detail: 'down' },
      { ...about, message: 'igb 0000:01:00.0 eth0: igb: eth0 NIC Link is Up 1000 Mbps Full Duplex', detail: 'up' },
    );
  },
};
