import type { Habit } from '../kind.ts';

/** Containers start and end, and somebody runs tcpdump: the kernel log tells of links and of promiscuous mode. */
export const habit: Habit = {
  id: 'containers',
  apply: (moments, noise) => {
    const at = moments[Math.floor(noise.between(0, moments.length))]!;
    const link = { event: 'link', interface: 'veth3f2a' };
    at.kernel.push(
      { ...link, message: 'br0: port 2(veth3f2a) entered disabled state', detail: 'down' },
      { ...link, message: 'IPv6: ADDRCONF(NETDEV_CHANGE): veth3f2a: link becomes ready', detail: 'up' },
      { event: 'promisc', interface: 'eth0', message: 'device eth0 entered promiscuous mode', detail: 'entered' },
    );
  },
};
