import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { renderHtml } from '../../src/report/render-html.ts';
import { fixtureDocument, quietDocument } from './fixture-document.ts';
import { HOSTILE, hostileDocument } from './hostile.ts';

const page = await renderHtml(fixtureDocument());

describe('the page', () => {
  it('is the same twice', async () => {
    assert.equal(await renderHtml(fixtureDocument()), page);
  });

  it('allows its own style and script by their hashes and nothing else', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!.replaceAll('&#39;', "'");
    const hashes = ['style', 'script'].map((tag) => {
      const body = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(page)![1]!;
      return `${tag}-src 'sha256-${createHash('sha256').update(body).digest('base64')}'`;
    });
    assert.equal(policy, `default-src 'none'; ${hashes.join('; ')}; base-uri 'none'; form-action 'none'`);
    assert.ok(page.indexOf('Content-Security-Policy') < page.indexOf('<style'));
  });

  it('has no address to fetch from, no inline style and no handler', () => {
    const markup = page.replace(/<(script|style)[\s\S]*?<\/\1>/g, '');
    assert.doesNotMatch(markup, /\s(style|on\w+|src|srcset|action|formaction)=/i);
    assert.doesNotMatch(markup, /href="(?!#)/);
    assert.doesNotMatch(page, /@import|url\((?!"#hatch"\))/);
  });

  it('names each part once', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((found) => found[1]);
    assert.deepEqual(ids.length, new Set(ids).size);
    for (const [, target] of page.matchAll(/ href="#([^"]+)"/g)) assert.ok(ids.includes(target), target);
  });

  it('hatches what is not known, and nothing that is', () => {
    assert.match(row(page, 'Workers'), /class="gap"/);
    assert.match(row(page, 'Entries'), /not recorded/);
    assert.match(row(page, 'Entries'), /class="gap"/);
    assert.doesNotMatch(row(page, 'SYN_RECV'), /class="gap"/);
    assert.match(row(page, 'Failed'), /none/);
    assert.doesNotMatch(row(page, 'Failed'), /class="gap"/);
  });

  it('counts the events it has no room for', async () => {
    assert.match(
      page,
      /Events without room here: 1,234 apache \(info\), 03:04:32 – 03:05:10; the graver ones are drawn\./,
    );
    assert.doesNotMatch(await renderHtml(quietDocument()), /Events without room/);
  });

  it('draws what a finding rests on, shaded while it lasted', () => {
    const figures = [...page.matchAll(/<figure class="lead">.*?<\/figure>/gs)].map(([figure]) => figure);
    assert.ok(figures.length > 0);
    for (const figure of figures) assert.match(figure, /<rect class="window"[^>]*width="[1-9]/);
  });

  it('says what recording cost, and what kept it waiting', () => {
    assert.match(page, /20 samples: usually 90 ms, at most 1.4 s/);
    assert.match(page, /usually 60 ms, at most 210 ms .*1.2 % of one processor/);
    assert.match(page, /apache-status<\/b> in 3 of 20 samples, at most 1.0 s/);
  });

  it('says what was expected and not seen', () => {
    assert.match(row(page, 'LAST_ACK'), /not seen: a note/);
  });

  it('is calm about a quiet run, and says what was not recorded', async () => {
    const quiet = await renderHtml(quietDocument());
    assert.match(quiet, /Nothing above usual was found\. 1 questions? (was|were) asked of 1 source/);
    assert.match(quiet, /class="severity none"/);
    assert.doesNotMatch(quiet, /class="(window|drain|edge)"|Critical/);
    assert.match(row(quiet, 'LAST_ACK'), /did not move/);
    assert.match(row(quiet, 'Workers'), /not recorded/);
  });

  it('shows a document without hosts, series or samples', async () => {
    const empty = await renderHtml({ ...quietDocument(), hosts: [], runs: [], series: [], coverage: [], settings: [] });
    assert.match(empty, /No settings were recorded/);
  });
});

describe('hostile text', () => {
  for (const text of HOSTILE) {
    it(`stays text: ${JSON.stringify(text.slice(0, 40))}`, async () => {
      const hostile = await renderHtml(hostileDocument(fixtureDocument(), text));
      const plain = await renderHtml(hostileDocument(fixtureDocument(), 'text'));
      assert.deepEqual(tags(hostile), tags(plain));
      assert.doesNotMatch(hostile, /(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      assert.ok(hostile.length < 1_000_000, String(hostile.length));
    });
  }
});

/** The row of a lane by its name. */
function row(html: string, name: string): string {
  const found = html.split('<div class="row').find((part) => part.includes(`>${name}</b>`));
  assert.ok(found !== undefined, name);
  return found;
}

/** Names of all elements, tspans aside: how a label is cut depends on its length. */
function tags(html: string): readonly string[] {
  const markup = html.replace(/(<script[^>]*>)[\s\S]*?(<\/script>)/g, '$1$2');
  return [...markup.matchAll(/<\/?([a-z!][\w-]*)/gi)].map((found) => found[1]!).filter((name) => name !== 'tspan');
}
