import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { renderMarkdown } from '../../src/report/render-markdown.ts';
import { codeBlock, codeSpan, escapeMarkdown } from '../../src/report/text/markdown.ts';
import { projectRoot } from '../support/project.ts';
import { fixtureDocument, quietDocument, twoHostsDocument } from './fixture-document.ts';
import { HOSTILE, hostileDocument } from './hostile.ts';

describe('the Markdown text', () => {
  for (const [name, document] of [
    ['incident', fixtureDocument()],
    ['quiet', quietDocument()],
  ] as const) {
    it(`of the ${name} fixture is as accepted`, () => {
      const path = join(projectRoot, `test/report/expected/${name}.md`);
      const text = renderMarkdown(document);
      if (process.env['UPDATE_GOLDEN'] === '1' && process.env['CI'] !== 'true') writeFileSync(path, text);
      assert.ok(existsSync(path), `${path} is missing; UPDATE_GOLDEN=1 writes it`);
      assert.equal(text, readFileSync(path, 'utf8'));
    });
  }

  it('tells what was found on each host, the cause of the verdict first', () => {
    const text = renderMarkdown(twoHostsDocument());
    for (const { title, host } of twoHostsDocument().findings) {
      assert.ok(text.includes(`**${escapeMarkdown(title)}** on ${host} `), `${title} on ${host}`);
    }
    assert.match(text.slice(text.indexOf('## Cause')), /^## Cause\n\n[^\n]* on web1 /);
    assert.match(text, /## Contributing factors\n\n- [^\n]* on web2 /);
  });

  it('holds no markup of a log', () => {
    for (const text of HOSTILE) {
      const outside = renderMarkdown(hostileDocument(fixtureDocument(), text))
        .replace(/(`{3,})[\s\S]*?\1/g, '')
        .replace(/(`+)[^\n]*?\1/g, '');
      assert.doesNotMatch(outside, /(?<!\\)<[a-z!/]/i);
      assert.doesNotMatch(outside, /(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }
  });

  it('escapes what Markdown reads as markup', () => {
    assert.equal(
      escapeMarkdown('*a* _b_ [c](d) <e> `f` | ~g~ & \\'),
      '\\*a\\* \\_b\\_ \\[c\\](d) \\<e\\> \\`f\\` \\| \\~g\\~ \\& \\\\',
    );
    assert.equal(escapeMarkdown('# title\nnext'), '\\# title next');
    assert.equal(escapeMarkdown('1. item'), '1\\. item');
    assert.equal(escapeMarkdown('see https://example.org and @all'), 'see https\\://example.org and &#64;all');
    assert.equal(codeSpan('a `b` c'), '``a `b` c``');
    assert.equal(codeBlock('```\nx'), '````\n```\nx\n````');
  });
});
