import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Chart, type Datum } from '../../src/report/timeline/draw.ts';
import { CHARTS, type RowSpec, readChart, type SeriesPattern } from '../../src/report/timeline/lane-spec.ts';
import { mergeMarks } from '../../src/report/timeline/merge-marks.ts';
import { projectRoot } from '../support/project.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const SPAN = { from: 0, to: 100_000 };
const ROWS: readonly Datum[] = Array.from({ length: 12 }, (_, i) => ({
  at: i * 8000,
  until: (i + 1) * 8000,
  value: i === 5 ? null : 3 + ((i * 7) % 5),
  limit: 6,
  part: i % 2,
  rank: i % 2,
  inner: i % 2 === 1,
  colour: 'var(--ink)',
  after: i === 0 ? null : (i - 1) * 8000,
}));

const tokens = readFileSync(join(projectRoot, 'reports/theme/tokens.css'), 'utf8').split('@media');
const schema = createRequire(import.meta.url)('vega-lite/vega-lite-schema.json') as {
  readonly definitions: Readonly<Record<string, { readonly properties?: Readonly<Record<string, Json>> }>>;
};
const metrics = new Set(
  readdirSync(join(projectRoot, 'queries/metrics')).flatMap((file) =>
    [
      ...readFileSync(join(projectRoot, 'queries/metrics', file), 'utf8').matchAll(
        /^--   (\w+) \S+ (?:gauge|rate|ratio) /gm,
      ),
    ].map((line) => line[1]!),
  ),
);

describe('charts', () => {
  it('are all known, and no more', () => {
    const files = readdirSync(join(projectRoot, 'reports/charts')).map((file) => file.replace(/\.vl\.json$/, ''));
    assert.deepEqual(files.toSorted(), CHARTS.toSorted());
  });

  for (const name of CHARTS) {
    describe(name, () => {
      const { meta, spec } = readChart(name);
      const text = JSON.stringify(spec);

      it('says what it is, and draws named data without addresses or text', () => {
        const plain = JSON.parse(text) as Record<string, Json>;
        assert.equal(plain['$schema'], 'https://vega.github.io/schema/vega-lite/v6.json');
        assert.equal(meta.id, name);
        assert.ok(meta.question.endsWith('?'), meta.question);
        assert.deepEqual(plain['data'], { name: 'lane' });
        assert.doesNotMatch(text, /"(url|values|href|tooltip)":|"type":"(text|image)"/);
      });

      it('uses only words of the Vega-Lite schema', () => {
        assert.deepEqual(unknownWords(JSON.parse(text) as Json, 'TopLevelUnitSpec'), []);
      });

      it('compiles without a warning and gives the same drawing twice', async () => {
        const drawings = [await new Chart(spec).draw(ROWS, SPAN), await new Chart(spec).draw(ROWS, SPAN)];
        assert.deepEqual(drawings[0], drawings[1]);
        assert.match(drawings[0]!.marks, /<(path|line)/);
        assert.doesNotMatch(drawings[0]!.marks, /NaN|undefined|<text|id="|clip-path/);
      });

      it('names colours that the theme has, light and dark', () => {
        const used = new Set(
          [...text.matchAll(/var\(--([\w-]+)\)|"colour":"([\w-]+)"/g)].map((found) => found[1] ?? found[2]),
        );
        for (const colour of used) {
          for (const scheme of tokens) assert.ok(scheme.includes(`--${colour}:`), `${colour} is not in the theme`);
        }
      });

      it('draws metrics that queries/metrics declares', () => {
        for (const pattern of (meta.rows ?? []).flatMap(patterns))
          assert.ok(metrics.has(pattern.metric), pattern.metric);
      });
    });
  }

  it('put neighbouring bars of one colour into one path, and leave areas apart', () => {
    const bar = (d: string, fill: string): string => `<path d="${d}" fill="${fill}"/>`;
    const area = '<path d="M0,1L5,6Z" fill="a" opacity="0.2"/>';
    const drawn = `${bar('M0,0h1v2h-1Z', 'a')}${bar('M1,0h1v0h-1Z', 'b')}${bar('M2,0h1v3h-1Z', 'a')}${bar('M3,0h1v3h-1Z', 'b')}${area}${area}`;
    assert.equal(mergeMarks(drawn), `${bar('M0,0h1v2h-1ZM2,0h1v3h-1Z', 'a')}${bar('M3,0h1v3h-1Z', 'b')}${area}${area}`);
    assert.equal(
      mergeMarks('<line transform="translate(1,2)" x2="3" y2="0" stroke="a"/>'),
      '<path d="M1,2l3,0" stroke="a"/>',
    );
  });

  it('leaves out of a line what does not bend it, and joins bars that touch at one height', () => {
    const path = (d: string): string => `<path d="${d}" stroke="a"/>`;
    const same = (d: string): void => assert.equal(mergeMarks(path(d)), path(d));
    assert.equal(mergeMarks(path('M0,5L1,5L2,5L3,4L3,2L3,0L4,0Z')), path('M0,5L2,5L3,4L3,0L4,0Z'));
    assert.equal(mergeMarks(path('M0,1L1,1L2,1M4,1L5,1L6,1')), path('M0,1L2,1M4,1L6,1'));
    same('M0,1L1,2L2,3');
    same('M0,1L2,1L1,1');
    same('M1,1L1,1');
    same('M0,1C1,1,2,1,3,1L4,1');
    assert.equal(
      mergeMarks(`${path('M0,1h1.34v8h-1.34Z')}${path('M1.34,1h1.33v8h-1.33Z')}${path('M2.68,2h1v7h-1Z')}`),
      path('M0,1h2.67v8h-2.67ZM2.68,2h1v7h-1Z'),
    );
    assert.equal(mergeMarks(`${path('M0,1h1v8h-1Z')}${path('M1.1,1h1v8h-1Z')}`), path('M0,1h1v8h-1ZM1.1,1h1v8h-1Z'));
  });

  it('notice a word that Vega-Lite does not know', () => {
    assert.deepEqual(unknownWords({ mark: { type: 'line', colr: 'red' } }, 'TopLevelUnitSpec'), ['mark.colr']);
  });
});

function patterns(row: RowSpec): readonly SeriesPattern[] {
  const total = row.total === undefined ? [] : [{ metric: row.total }];
  return [...row.parts, ...total, ...[row.limit, row.share].filter((one) => one !== undefined)];
}

/** Keys of a chart that the schema's definitions do not have; `usermeta` is ours. */
function unknownWords(value: Json, kind: string, path = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => unknownWords(item, kind, path));
  if (typeof value !== 'object' || value === null) return [];
  const allowed = wordsOf(kind);
  return Object.entries(value).flatMap(([key, item]) => {
    const here = path === '' ? key : `${path}.${key}`;
    if (!allowed.has(key)) return [here];
    return key === 'usermeta' ? [] : unknownWords(item, childKind(kind, key), here);
  });
}

function childKind(kind: string, key: string): string {
  const kinds: Readonly<Record<string, string>> = {
    mark: 'MarkDef',
    encoding: 'Encoding',
    layer: 'TopLevelUnitSpec',
    scale: 'Scale',
    condition: 'Condition',
  };
  return kind === 'Encoding' ? 'Channel' : (kinds[key] ?? 'Any');
}

function wordsOf(kind: string): ReadonlySet<string> {
  const named: Readonly<Record<string, readonly string[]>> = {
    TopLevelUnitSpec: ['TopLevelUnitSpec', 'TopLevelLayerSpec'],
    MarkDef: ['MarkDef'],
    Encoding: ['Encoding'],
    Scale: ['Scale'],
    Channel: Object.keys(schema.definitions).filter((name) =>
      /^(Position|SecondaryField|FieldOrDatumDefWithCondition|ColorDef|NumericArrayMarkPropDef|ValueDef|FieldDefWithoutScale)/.test(
        name,
      ),
    ),
  };
  const names = named[kind] ?? Object.keys(schema.definitions);
  return new Set(names.flatMap((name) => Object.keys(schema.definitions[name]?.properties ?? {})));
}
