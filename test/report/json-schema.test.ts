import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { renderJson } from '../../src/report/render-json.ts';
import { assertMatchesSchema, schemaValidator } from '../support/json-schema.ts';
import { fixtureDocument } from './fixture-document.ts';

/** Every recording's document is held against the schema where it is made: test/queries/recordings.test.ts. */
describe('schema/postmortem.schema.json', () => {
  const validate = schemaValidator('postmortem');

  it('fits a document that has everything', () => assertMatchesSchema(validate, renderJson(fixtureDocument())));

  const damaged: readonly (readonly [string, object])[] = [
    ['a field it does not know', { surprise: 1 }],
    ['another version', { schemaVersion: 0 }],
    ['another kind of document', { kind: 'comparison' }],
    ['a time without its zone', { recorded: { start: '2026-11-22T20:46:09', end: '2026-11-22T20:47:09.000Z' } }],
    ['a severity of its own', { verdict: { ...fixtureDocument().verdict, severity: 'fatal' } }],
    ['a value that is no number', { series: fixtureDocument().series.map((one) => ({ ...one, value: ['NaN'] })) }],
  ];
  for (const [what, change] of damaged) {
    it(`refuses ${what}`, () => assert.equal(validate({ ...fixtureDocument(), ...change }), false));
  }

  for (const field of Object.keys(fixtureDocument())) {
    it(`refuses a document without ${field}`, () => {
      const { [field as 'kind']: _, ...rest } = fixtureDocument();
      assert.equal(validate(rest), false);
    });
  }
});
