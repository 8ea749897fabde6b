import { ipBytes } from './ip-text.ts';

/** Addresses of one kind: those whose first `bits` bits are the network's. Their first `kept` bits stay. */
export interface AddressClass {
  readonly id: string;
  readonly network: Uint8Array;
  readonly bits: number;
  /** Bits that stay; all of them where the address says nothing about anybody. */
  readonly kept: number;
}

function of(id: string, network: string, bits: number, kept: number = bits): AddressClass {
  return { id, network: ipBytes(network)!, bits, kept };
}

/** The first that holds is the address's class. */
const IPV4: readonly AddressClass[] = [
  of('this host', '0.0.0.0', 8, 32),
  of('loopback', '127.0.0.0', 8, 32),
  of('private', '10.0.0.0', 8),
  of('private', '172.16.0.0', 12),
  of('private', '192.168.0.0', 16),
  of('shared', '100.64.0.0', 10),
  of('link-local', '169.254.0.0', 16),
  of('documentation', '192.0.2.0', 24),
  of('documentation', '198.51.100.0', 24),
  of('documentation', '203.0.113.0', 24),
  of('benchmark', '198.18.0.0', 15),
  of('multicast', '224.0.0.0', 24, 32),
  of('multicast', '224.0.0.0', 4),
  of('mask or broadcast', '240.0.0.0', 4, 32),
];

const IPV6: readonly AddressClass[] = [
  of('unspecified', '::', 128),
  of('loopback', '::1', 128),
  of('mapped', '::ffff:0.0.0.0', 96),
  of('translated', '64:ff9b::', 96),
  of('link-local', 'fe80::', 10, 64),
  of('unique local', 'fc00::', 7, 8),
  of('multicast', 'ff00::', 8, 16),
  of('documentation', '2001:db8::', 32),
  of('Teredo', '2001::', 32),
  of('6to4', '2002::', 16),
  of('public', '2000::', 3),
  of('reserved', '::', 0, 8),
];

const PUBLIC_IPV4: AddressClass = of('public', '0.0.0.0', 0);

/** The class of an address of 4 or 16 bytes. */
export function classOf(address: Uint8Array): AddressClass {
  const classes = address.length === 4 ? IPV4 : IPV6;
  return classes.find((candidate) => holds(candidate, address)) ?? PUBLIC_IPV4;
}

function holds({ network, bits }: AddressClass, address: Uint8Array): boolean {
  const whole = bits >> 3;
  for (let i = 0; i < whole; i++) if (network[i] !== address[i]) return false;
  const rest = bits & 7;
  return rest === 0 || ((network[whole]! ^ address[whole]!) & (0xff00 >> rest) & 0xff) === 0;
}
