import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { renderJson } from '../../src/report/render-json.ts';
import { fixtureDocument } from './fixture-document.ts';

describe('the JSON text', () => {
  it('is the document, with two spaces and a newline at the end', () => {
    const text = renderJson(fixtureDocument());
    assert.deepEqual(JSON.parse(text), fixtureDocument());
    assert.match(text, /^\{\n {2}"schemaVersion": 1,\n {2}"kind": "postmortem",/);
    assert.ok(text.endsWith('}\n'));
  });

  it('does not depend on the order in which statuses were counted', () => {
    const document = fixtureDocument();
    const other = document.coverage.map((one) => ({
      ...one,
      samples: Object.fromEntries(Object.entries(one.samples).toReversed()),
    }));
    assert.equal(renderJson({ ...document, coverage: other }), renderJson(document));
  });

  it('writes what shows nothing as an escape', () => {
    const document = fixtureDocument();
    const text = renderJson({ ...document, verdict: { ...document.verdict, sentence: 'a\u202eb\u2028' } });
    assert.match(text, /"a\\u202eb\\u2028"/);
    assert.equal(JSON.parse(text).verdict.sentence, 'a\u202eb\u2028');
  });
});
