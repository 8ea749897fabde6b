import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AddressCipher } from '../../src/redact/address-cipher.ts';
import { classOf } from '../../src/redact/address-class.ts';
import { ipBytes, ipText } from '../../src/redact/ip-text.ts';
import { PrefixCipher } from '../../src/redact/prefix-cipher.ts';
import { seededRandom } from '../support/random.ts';
import { KEY } from './redact-text.ts';

const cipher = new AddressCipher(KEY);
const random = seededRandom(21);
const pseudonym = (text: string): string => ipText(cipher.ip(ipBytes(text)!));
const randomBytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, () => random(256));

/** Bits that two addresses have in common at their beginning. */
function common(a: Uint8Array, b: Uint8Array): number {
  let bit = 0;
  while (bit < a.length * 8 && ((a[bit >> 3]! ^ b[bit >> 3]!) & (0x80 >> (bit & 7))) === 0) bit++;
  return bit;
}

/** An address that has exactly so many bits in common with another. */
function relative(address: Uint8Array, bits: number): Uint8Array {
  const other = randomBytes(address.length);
  for (let bit = 0; bit <= bits; bit++) {
    const place = 0x80 >> (bit & 7);
    const same = address[bit >> 3]! & place;
    other[bit >> 3] = (other[bit >> 3]! & ~place) | (bit === bits ? same ^ place : same);
  }
  return other;
}

describe('Crypto-PAn', () => {
  it('gives the published pseudonyms', () => {
    const key = Buffer.from('1522178d33a4cf80130a5b1649907d10d8988f837979652762574c2d2a842202', 'hex');
    const published = new PrefixCipher(key);
    const free = new Uint8Array(4).fill(0xff);
    for (const [address, expected] of [
      ['128.11.68.132', '135.242.180.132'],
      ['129.118.74.4', '134.136.186.123'],
      ['130.132.252.244', '133.68.164.234'],
    ] as const) {
      assert.equal(ipText(published.encrypt(ipBytes(address)!, free)), expected);
      assert.equal(ipText(published.decrypt(ipBytes(expected)!, free)), address);
    }
  });
});

describe('pseudonyms of addresses', () => {
  it('lead back, and are in the class of the address', () => {
    for (let i = 0; i < 3000; i++) {
      const address = randomBytes(i % 2 === 0 ? 4 : 16);
      if (address.length === 16) address[0] = [0x20, 0x2a, 0xfe, 0xfd, 0xff, 0x00][i % 6]!;
      const coded = cipher.ip(address);
      assert.deepEqual(cipher.ip(coded, 'decrypt'), address, ipText(address));
      assert.equal(classOf(coded).id, classOf(address).id, ipText(address));
      if (address.length === 16) assert.equal(ipText(coded).length, ipText(address).length, ipText(address));
    }
  });

  it('have in common what the addresses have', () => {
    for (let i = 0; i < 1500; i++) {
      const address = randomBytes(4);
      const other = relative(address, 16 + random(16));
      if (classOf(address).id !== 'public' || classOf(other).id !== 'public') continue;
      assert.equal(common(cipher.ip(address), cipher.ip(other)), common(address, other), ipText(address));
    }
    for (let i = 0; i < 500; i++) {
      const address = Uint8Array.from([0x2a, ...randomBytes(15)]);
      const other = relative(address, 32 + random(96));
      assert.equal(common(cipher.ip(address), cipher.ip(other)), common(address, other), ipText(address));
    }
    for (let i = 0; i < 500; i++) {
      const address = Uint8Array.from([10, ...randomBytes(3)]);
      const other = relative(address, 8 + random(24));
      assert.equal(common(cipher.ip(address), cipher.ip(other)), common(address, other), ipText(address));
    }
  });

  it('leave alone what points to nobody', () => {
    for (const kept of [
      '0.0.0.0',
      '127.0.0.1',
      '127.0.1.1',
      '255.255.255.0',
      '255.255.255.255',
      '224.0.0.1',
      '::',
      '::1',
      '::ffff:127.0.0.1',
    ])
      assert.equal(pseudonym(kept), kept);
    for (const changed of [
      '10.0.0.1',
      '192.168.1.1',
      '169.254.3.4',
      '8.8.8.8',
      '239.1.2.3',
      'fe80::a892:a1ff:fe3e:c6fd',
      'fd12:3456::7',
    ])
      assert.notEqual(pseudonym(changed), changed);
  });

  it('are those of the IPv4 address in its IPv6 spellings, and of a network in its hosts', () => {
    assert.equal(pseudonym('::ffff:10.77.0.1'), `::ffff:${pseudonym('10.77.0.1')}`);
    assert.equal(pseudonym('64:ff9b::10.77.0.1'), ipText(ipBytes(`64:ff9b::${pseudonym('10.77.0.1')}`)!));
    const network = ipText(cipher.network(ipBytes('10.77.10.0')!, 24));
    assert.ok(network.endsWith('.0'));
    assert.equal(network.replace(/\d+$/, ''), pseudonym('10.77.10.42').replace(/\d+$/, ''));
    assert.deepEqual(cipher.network(ipBytes(network)!, 24, 'decrypt'), ipBytes('10.77.10.0'));
  });

  it('keep two flags of a MAC address, zeros and the broadcast', () => {
    for (let i = 0; i < 500; i++) {
      const mac = randomBytes(6);
      assert.deepEqual(cipher.mac(cipher.mac(mac), 'decrypt'), mac);
      assert.equal(cipher.mac(mac)[0]! & 3, mac[0]! & 3);
      const link = randomBytes(20);
      assert.deepEqual(cipher.mac(cipher.mac(link), 'decrypt'), link, 'InfiniBand');
      assert.notDeepEqual(cipher.mac(link).subarray(12), link.subarray(12));
    }
    for (const byte of [0, 0xff])
      assert.deepEqual(cipher.mac(new Uint8Array(6).fill(byte)), new Uint8Array(6).fill(byte));
  });
});
