import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadSources } from '../../src/ingest/load-sources.ts';
import type { Source } from '../../src/sources/source.ts';
import { checkParsed } from '../support/check-rows.ts';
import { type Parsed, parseMember } from '../support/parse-member.ts';
import { seededRandom } from '../support/random.ts';
import { type SourceCase, sourceCases } from '../support/source-cases.ts';

/** Inputs are cut to this length for the damage tests: parsers see the same shapes, the run stays short. */
const MOST_BYTES = 8_192;
const TRUNCATIONS = 200;
/** `npm run fuzz` raises the rounds; another seed damages other bytes. */
const FLIPS = Number(process.env['FUZZ_ROUNDS'] ?? 200);
const SEED = Number(process.env['FUZZ_SEED'] ?? 0);
const CHUNKINGS = 25;

const sources = new Map((await loadSources()).map((source) => [source.id, source]));

describe('sources bear any bytes', () => {
  for (const golden of sourceCases()) {
    const source = sources.get(golden.source);
    for (const member of golden.members) {
      const name = `${golden.source}/${golden.name}/${member.name}`;
      const head = member.bytes.subarray(0, MOST_BYTES);

      it(`${name}: every truncation`, () => {
        const step = Math.max(1, Math.floor(head.length / TRUNCATIONS));
        for (let length = 0; length <= head.length; length += step) {
          checkParsed(source!, parse(source!, golden, member.name, [head.subarray(0, length)]), `cut at ${length}`);
        }
      });

      it(`${name}: ${FLIPS} damaged copies`, () => {
        const seed = head.length + SEED;
        const random = seededRandom(seed);
        for (let round = 0; round < FLIPS; round++) {
          const damaged = head.slice();
          for (let flip = 0; flip <= round % 8 && damaged.length > 0; flip++) {
            damaged[random(damaged.length)] = random(256);
          }
          checkParsed(source!, parse(source!, golden, member.name, [damaged]), `seed ${seed}, round ${round}`);
        }
      });

      it(`${name}: every chunking gives the same rows`, () => {
        const whole = parse(source!, golden, member.name, [head]);
        const random = seededRandom(head.length + 1);
        for (let round = 0; round < CHUNKINGS; round++) {
          const chunks = split(head, round === 0 ? () => 1 : () => 1 + random(1 + (round % 5) * 400));
          assert.deepEqual(parse(source!, golden, member.name, chunks), whole, `round ${round}`);
        }
      });
    }
  }
});

function parse(source: Source, golden: SourceCase, member: string, chunks: readonly Uint8Array[]): Parsed {
  return parseMember(source, member, chunks, golden.context);
}

function split(bytes: Uint8Array, next: () => number): readonly Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = next();
    chunks.push(bytes.slice(at, at + length));
    at += length;
  }
  return chunks;
}
