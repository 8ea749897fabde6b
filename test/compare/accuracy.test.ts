import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Cell, measureCell } from './accuracy.ts';
import { KINDS as ALL, type Kind } from './kinds.ts';

/** Quantiles take the longest; one of them stands for all. */
const KINDS = ALL.filter(({ name }) => !name.startsWith('median') && !name.startsWith('99th'));
const PAIRS = 100;
/** 5 % of the pairs and three standard errors: the whole measurement is `npm run bench:compare`. */
const MOST = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / PAIRS);
/** 80 % less three standard errors. */
const LEAST = 0.8 - 3 * Math.sqrt((0.8 * 0.2) / PAIRS);

const measured = new Map<string, Cell>();
function cell(kind: Kind, n: number): Cell {
  const key = `${kind.name}/${n}`;
  const found = measured.get(key) ?? measureCell(kind, n, PAIRS, 7);
  measured.set(key, found);
  return found;
}
const lengths = (kind: Kind): readonly number[] => kind.lengths.filter((n) => n <= 8 || n === 60 || n === 360);

describe('pairs without a difference', () => {
  for (const kind of KINDS)
    it(`are hardly ever called different: ${kind.name}`, () => {
      for (const n of lengths(kind)) assert.ok(cell(kind, n).called <= MOST, `${n}: ${cell(kind, n).called}`);
    });
});

describe('a difference that was planted', () => {
  for (const kind of KINDS.filter((one) => one.planted !== null && lengths(one).some(one.findable)))
    it(`is found where theory allows it: ${kind.name}`, () => {
      for (const n of lengths(kind).filter(kind.findable))
        assert.ok(cell(kind, n).found! >= LEAST, `${n}: ${cell(kind, n).found}`);
    });

  it('is not looked for in what is too short', () => {
    const kind = KINDS.find(({ name }) => name === 'φ = 0.95')!;
    assert.equal(cell(kind, 60).inconclusive, 1);
    assert.equal(cell(kind, 60).found, 0);
  });
});
