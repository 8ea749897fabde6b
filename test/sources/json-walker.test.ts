import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { JsonWalker } from '../../src/sources/json-walker.ts';

/** What a walk over these lines comes past; the last entry says whether all of it was JSON. */
function walk(...lines: readonly string[]): readonly string[] {
  const seen: string[] = [];
  const walker = new JsonWalker({
    value: (path, text) => seen.push(`${path.join('.')}=${text}`),
    leave: (depth) => seen.push(`<${depth}`),
  });
  const good = lines.map((line) => {
    const bytes = new TextEncoder().encode(line);
    return walker.line(bytes, 0, bytes.length);
  });
  return [...seen, good.at(-1) === true ? 'good' : 'bad'];
}

describe('a walk over JSON', () => {
  it('names each value by the keys to it', () => {
    assert.deepEqual(walk('[{"a":1,"b":{"c":"x","d":[true,null]}},{"a":-2.5e3}]'), [
      '.a=1',
      '.b.c=x',
      '.b.d.=true',
      '.b.d.=null',
      '<3',
      '<2',
      '<1',
      '.a=-2.5e3',
      '<1',
      '<0',
      'good',
    ]);
  });

  it('reads pretty-printed lines as one line', () => {
    assert.deepEqual(walk('[ {', '   "a": 1,', '   "b": "x"', ' } ]'), walk('[{"a":1,"b":"x"}]'));
  });

  it('knows what is quoted', () => {
    assert.deepEqual(walk(String.raw`{"a\"}":"\u00e9{\\"}`), [String.raw`a"}=é{\ `.trim(), '<0', 'good']);
  });

  for (const text of ['1', '}', '{]', '{"a":{1}}', '{"a', '{"a":truth}', String.raw`{"\x":1}`, '['.repeat(17)]) {
    it(`stops at ${text}`, () => assert.equal(walk(text, '{"a":1}').at(-1), 'bad'));
  }
});
