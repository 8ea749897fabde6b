import assert from 'node:assert/strict';
import { isIP, isIPv6 } from 'node:net';
import { describe, it } from 'node:test';
import { Address } from '../../src/base/address.ts';
import { seededRandom } from '../support/random.ts';

const address = new Address();

function read(text: string): string | null {
  const bytes = new TextEncoder().encode(text);
  if (!address.read(bytes, 0, bytes.length)) return null;
  return `${new TextDecoder().decode(address.bytes.subarray(address.start, address.end))} family ${address.family}`;
}

describe('Address', () => {
  const SPELLINGS: readonly (readonly [string, string | null])[] = [
    ['10.77.0.1', '10.77.0.1 family 4'],
    ['255.255.255.255', '255.255.255.255 family 4'],
    ['::ffff:10.77.0.2', '10.77.0.2 family 6'],
    ['0000:0000:0000:0000:0000:ffff:0a4d:0002', '10.77.0.2 family 6'],
    ['fd79:0000:0000:0000:0000:0000:0000:0001', 'fd79::1 family 6'],
    ['2001:DB8::A', '2001:db8::a family 6'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3 family 6'],
    ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7 family 6'],
    ['::', ':: family 6'],
    ['1::', '1:: family 6'],
    ['256.1.1.1', null],
    ['1.2.3', null],
    ['01.2.3.4', null],
    ['xxx.xxx.xxx.xxx', null],
    ['fe80::1%eth0', null],
    ['1::2::3', null],
    [':::', null],
    ['', null],
  ];
  for (const [text, spelled] of SPELLINGS) {
    it(`reads ${text || 'nothing'}`, () => assert.equal(read(text), spelled));
  }

  it('agrees with the URL parser of Node on random texts', () => {
    const random = seededRandom(7);
    let addresses = 0;
    for (let round = 0; round < 200_000; round++) {
      let text = '';
      for (let length = 2 + random(10); length > 0; length--) text += '0123f:.'[random(7)];
      assert.equal(read(text) !== null, isIP(text) !== 0, text);
      if (!isIPv6(text)) continue;
      const spelled = new URL(`http://[${text}]/`).hostname.slice(1, -1);
      if (spelled.startsWith('::ffff:')) continue;
      assert.equal(read(text), `${spelled} family 6`, text);
      addresses++;
    }
    assert.ok(addresses > 1000, `only ${addresses} IPv6 addresses among the texts`);
  });
});
