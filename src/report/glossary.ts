import { readAsset } from './assets.ts';

/** A name of the field and what is to be known of it: columns of `reports/glossary/*.tsv`. */
export interface GlossaryEntry {
  readonly name: string;
  readonly kind: 'TCP state' | 'setting' | 'counter';
  readonly meaning: string;
  /** What people get wrong about it; empty when nothing. */
  readonly caution: string;
  /** What else is known, by label: default, side, lasts, worse. */
  readonly facts: readonly (readonly [label: string, text: string])[];
}

const FILES = { states: 'TCP state', settings: 'setting', counters: 'counter' } as const;

/** States, settings and counters, in the order of their files. */
export function readGlossary(): readonly GlossaryEntry[] {
  return Object.entries(FILES).flatMap(([file, kind]) => {
    const [header, ...rows] = readAsset(`glossary/${file}.tsv`)
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    return rows.map((row) => readEntry(kind, header!, row));
  });
}

function readEntry(kind: GlossaryEntry['kind'], header: readonly string[], row: readonly string[]): GlossaryEntry {
  const cells = new Map(header.map((column, at) => [column, row[at] ?? '']));
  const of = (column: string): string => cells.get(column) ?? '';
  const known = ['name', 'meaning', 'caution'];
  const facts = [...cells].filter(([column, text]) => !known.includes(column) && text !== '');
  return { name: of('name'), kind, meaning: of('meaning'), caution: of('caution'), facts };
}
