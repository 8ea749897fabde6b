import assert from 'node:assert/strict';
import { test } from 'node:test';
import { source as accessLog } from '../../src/sources/access-log/source.ts';
import { source as errorLog } from '../../src/sources/error-log/source.ts';
import type { Source } from '../../src/sources/source.ts';
import { sourceCases } from '../support/source-cases.ts';

const OWN_FORMAT =
  /tabs|json|epoch|strftime|twelve|summer-time|unquoted|by-hand|remoteip|every-directive|syslog|ssl-request/;

for (const source of [accessLog, errorLog]) {
  test(`a line of every usual ${source.title} opens it, and no line of another source does`, () => {
    for (const { source: id, name, members } of sourceCases()) {
      const lines = members.flatMap(({ bytes }) => new TextDecoder().decode(bytes).split('\n'));
      if (id !== source.id)
        assert.deepEqual(
          lines.filter((line) => opens(source, line)),
          [],
          `${id}/${name}`,
        );
      else if (!OWN_FORMAT.test(name))
        assert.ok(
          lines.some((line) => opens(source, line)),
          name,
        );
    }
  });
}

function opens(source: Source, line: string): boolean {
  return source.opening?.test(line) ?? false;
}
