import { readFileSync, statSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import { type Expectation, readExpectation } from '../analysis/comparison/hypotheses.ts';

/** `METRIC up|down|unchanged`, or a file with one a line (blank lines and `#` left out). Throws commander's InvalidArgumentError. */
export function parseExpectations(text: string, before: readonly Expectation[] = []): readonly Expectation[] {
  if (statSync(text, { throwIfNoEntry: false })?.isFile() === true) {
    const lines = readFileSync(text, 'utf8').split(/\r?\n/);
    return [...before, ...lines.filter((line) => /^\s*[^\s#]/.test(line)).map(parseOne)];
  }
  return [...before, parseOne(text)];
}

function parseOne(text: string): Expectation {
  const expectation = readExpectation(text);
  if (expectation === null)
    throw new InvalidArgumentError(
      `"${text.slice(0, 80)}": expected a metric and up, down or unchanged, such as "TcpExtListenOverflows down", or a file of such lines.`,
    );
  return expectation;
}
