import { readFileSync, statSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import type { Expectation } from '../analysis/comparison/hypotheses.ts';

const WAYS: readonly string[] = ['up', 'down', 'unchanged'];

/** `METRIC up|down|unchanged`, or a file with one a line (blank lines and `#` left out). Throws commander's InvalidArgumentError. */
export function parseExpectations(text: string, before: readonly Expectation[] = []): readonly Expectation[] {
  if (statSync(text, { throwIfNoEntry: false })?.isFile() === true) {
    const lines = readFileSync(text, 'utf8').split(/\r?\n/);
    return [...before, ...lines.filter((line) => /^\s*[^\s#]/.test(line)).map(parseOne)];
  }
  return [...before, parseOne(text)];
}

function parseOne(text: string): Expectation {
  const [metric, way, ...more] = text.trim().split(/\s+/);
  if (metric === undefined || way === undefined || more.length > 0 || !WAYS.includes(way))
    throw new InvalidArgumentError(
      `"${text.slice(0, 80)}": expected a metric and up, down or unchanged, such as "TcpExtListenOverflows down", or a file of such lines.`,
    );
  return { metric, expected: way as Expectation['expected'] };
}
