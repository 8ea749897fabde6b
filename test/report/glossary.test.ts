import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadLibrary } from '../../src/analysis/library.ts';
import { readGlossary } from '../../src/report/glossary.ts';

const glossary = readGlossary();

describe('the glossary', () => {
  it('has each name once, with a meaning', () => {
    const names = glossary.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    assert.deepEqual(
      glossary.filter(({ meaning }) => !meaning.endsWith('.')).map(({ name }) => name),
      [],
    );
  });

  it('knows every counter and TCP state that is drawn as a metric', async () => {
    const { metrics } = await loadLibrary();
    const named = new Set(glossary.map(({ name }) => name));
    const drawn = metrics.flatMap((file) => file.metrics.map(({ name }) => name));
    const states = drawn.flatMap((name) => /^sockets_(.+?)(?:_unowned)?$/.exec(name)?.[1]?.toUpperCase() ?? []);
    const counters = drawn.filter((name) => /^(Tcp|Ip|Udp|Icmp)/.test(name));
    assert.ok(states.length > 5 && counters.length > 5);
    assert.deepEqual(
      [...states, ...counters].filter((name) => !named.has(name)),
      [],
    );
  });
});
