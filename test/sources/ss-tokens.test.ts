import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ascii } from '../../src/base/bytes.ts';
import { Owner, ownersEnd } from '../../src/sources/ss/owners.ts';
import { timerMs } from '../../src/sources/ss/timer.ts';

describe('times of ss', () => {
  const TIMES: readonly (readonly [string, number])[] = [
    ['46sec', 46_000],
    ['1min2sec', 62_000],
    ['119min', 7_140_000],
    ['200ms', 200],
    ['046ms', 46],
    ['1.128ms', 1128],
    ['1.128sec', 1128],
    ['9.5sec', 9500],
    ['', 0],
    ['sec', -1],
    ['5parsec', -1],
    ['1.2.3ms', -1],
  ];
  for (const [text, ms] of TIMES) {
    it(`reads "${text}"`, () => {
      const bytes = ascii(`(on,${text},0)`);
      assert.equal(timerMs(bytes, 4, bytes.length - 3), ms);
    });
  }
});

describe('owners of sockets', () => {
  const LISTS: readonly (readonly [string, string | null])[] = [
    ['users:(("apache2",pid=1,fd=4),("apache2",pid=22,fd=5))', 'apache2/1/4 apache2/22/5'],
    ['users:(("apache2",1,4),("apache2",22,5))', 'apache2/1/4 apache2/22/5'],
    ['users:(("tmux: server",pid=7,fd=3))', 'tmux: server/7/3'],
    ['users:(("odd",pid=(1),2",pid=7,fd=3))', 'odd",pid=(1),2/7/3'],
    ['users:(("(sd-pam)",pid=7,proc_ctx=kernel,fd=3,sock_ctx=x))', '(sd-pam)/7/3'],
    ['users:(("apache2",pid=1,fd=4),("apac', null],
    ['users:(("apache2",pid=99999999999,fd=4))', null],
    ['users:()', null],
  ];
  for (const [text, owners] of LISTS) {
    it(`reads ${text}`, () => {
      const bytes = ascii(`${text} ino:1`);
      const found: string[] = [];
      const end = ownersEnd(bytes, 0, bytes.length, new Owner(), ({ nameStart, nameEnd, pid, fd }) => {
        found.push(`${new TextDecoder().decode(bytes.subarray(nameStart, nameEnd))}/${pid}/${fd}`);
      });
      assert.equal(end, owners === null ? -1 : text.length);
      if (owners !== null) assert.equal(found.join(' '), owners);
    });
  }
});
