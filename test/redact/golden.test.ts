// The odd places, line by line; and what is said of them, and what leads back.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { findCaptures } from '../../src/capture/find.ts';
import { DEFAULT_LIMITS } from '../../src/capture/limits.ts';
import type { Kind } from '../../src/redact/pseudonyms.ts';
import { redactCaptures } from '../../src/redact/redact-captures.ts';
import { reveal } from '../../src/redact/reveal.ts';
import { ROOT, tempFolder } from '../support/archives.ts';
import { compareGolden } from '../support/golden.ts';
import { files } from '../support/source-cases.ts';
import { KEY } from './redact-text.ts';

const CASES = join(ROOT, 'test/redact/cases');
/** Stands in the inputs, and must not stand in what comes of them. */
const PERSONAL =
  /fe03|shop-example|user1name|user2name|user three|user4name|secretword|abc123|0AF3B2|backend7|t-ipconnect|crawler|193\.99|a892:a1ff|aa:92|2a02:908|laden|\b10\.9\.8|\b10\.1\.2\.3|509063C1|0108090A|rotes|99ab|bXVl|89abcdef/i;

describe('redacted lines', () => {
  for (const name of readdirSync(CASES))
    it(name, async (t) => {
      const input = join(CASES, name, 'input');
      const output = join(await tempFolder(t), 'out');
      const pairs: [Kind, string, string][] = [];
      await redactCaptures((await findCaptures([input])).captures, output, {
        key: KEY,
        limits: DEFAULT_LIMITS,
        version: '0.0.0-test',
        onPair: (...pair) => pairs.push(pair),
        onProgress: () => undefined,
      });
      const redacted = join(output, 'input');
      const members = files(redacted);
      assert.equal(members.length, files(input).length);
      const map = new Map(pairs.map(([, pseudonym, original]) => [pseudonym, original]));
      const wrong: string[] = [];
      for (const member of members) {
        const text = readFileSync(join(redacted, member), 'utf8');
        const difference = compareGolden(join(CASES, name, 'expected', member), text);
        if (difference !== null) wrong.push(difference);
        assert.doesNotMatch(text, PERSONAL, member);
        assert.doesNotMatch(reveal(text, KEY, map).text, /\.invalid|\bx[a-z2-7]{10}\b/, 'all of it leads back');
      }
      assert.deepEqual(wrong, []);
    });
});
