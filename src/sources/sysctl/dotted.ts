/** A key with slashes (`net/ipv4/conf/eth0.100/rp_filter`) as sysctl prints it: dots for slashes, and the other way round. */
export function dotted(key: string): string {
  return key.replace(/[./]/g, (mark) => (mark === '/' ? '.' : '/'));
}
