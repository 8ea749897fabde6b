import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { SideChoice } from '../analysis/comparison/read-side.ts';
import { type TimeWindow, withGuard } from '../analysis/comparison/windows.ts';
import { CliError } from '../base/errors.ts';
import type { Limits } from '../capture/limits.ts';
import { type Console, withTempFolder } from './console.ts';
import { importInto, withCase } from './open-case.ts';

/** What was named on the command line. */
export interface CompareInput {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly casePath: string | undefined;
  readonly windows: readonly [TimeWindow, TimeWindow] | null;
  readonly guardS: number;
  readonly limits: Limits;
  readonly logFormat: string | undefined;
}

/**
 * Parts the arguments at `--`, or in the middle where there are two. A window each needs one run or capture at most.
 * Throws a `CliError` (exit 2) that says what is missing.
 */
export function partArguments(
  names: readonly string[],
  parted: number | null,
  windows: boolean,
): readonly [string[], string[]] {
  if (windows) {
    if (names.length > 1 || parted !== null)
      throw new CliError('--before and --after cut two windows out of one run: name one capture folder or run', 2);
    return [[...names], [...names]];
  }
  if (parted !== null) {
    const [before, after] = [names.slice(0, parted), names.slice(parted)];
    if (before.length === 0 || after.length === 0) throw new CliError('name a run or capture on each side of --', 2);
    return [before, after];
  }
  if (names.length !== 2)
    throw new CliError(
      `name two to compare, BEFORE and AFTER, or several with -- between them (A1 A2 -- B1 B2); ${names.length === 0 ? 'none was' : `${names.length} were`} named`,
      2,
    );
  return [[names[0]!], [names[1]!]];
}

/** Opens the case, after importing what was named when no case was, and hands the two sides to `body`. */
export async function withSides<T>(
  input: CompareInput,
  console: Console,
  body: (connection: DuckDBConnection, before: SideChoice, after: SideChoice) => Promise<T>,
): Promise<T> {
  const open = (casePath: string, before: readonly string[], after: readonly string[]): Promise<T> =>
    withCase({ captures: [], casePath, run: undefined }, console, async (connection) => {
      const known = await runsOf(connection);
      const sides = [before, after].map((names) => namedRuns(names, known));
      const windows = input.windows === null ? null : withGuard(input.windows[0], input.windows[1], input.guardS);
      return body(connection, { runs: sides[0]!, ...windows?.[0] }, { runs: sides[1]!, ...windows?.[1] });
    });
  if (input.casePath !== undefined) return open(input.casePath, input.before, input.after);
  return withTempFolder(async (folder) => {
    const path = join(folder, 'case.duckdb');
    const sides = input.windows === null ? [input.before, input.after] : [input.before];
    const names = runNames(sides);
    for (const [place, captures] of sides.entries())
      for (const [i, capture] of captures.entries()) {
        const run = names[place]![i]!;
        await importInto(
          path,
          { captures: [capture], casePath: path, run, limits: input.limits, logFormat: input.logFormat },
          folder,
          console,
        );
      }
    return open(path, names[0]!, names[1] ?? names[0]!);
  });
}

/** A run is called as its folder or file is; where two would be called the same, by its side and number. */
function runNames(sides: readonly (readonly string[])[]): string[][] {
  const short = (path: string): string =>
    path
      .replace(/[\\/]+$/, '')
      .replace(/^.*[\\/]/, '')
      .replace(/\.t(ar\.)?[gx]z$/, '') || path;
  const names = sides.map((side) => side.map(short));
  if (new Set(names.flat()).size === names.flat().length) return names;
  return sides.map((side, place) =>
    side.map((_, i) => `${place === 0 ? 'before' : 'after'}${side.length > 1 ? `-${i + 1}` : ''}`),
  );
}

async function runsOf(connection: DuckDBConnection): Promise<string[]> {
  const reader = await connection.runAndReadAll('select distinct run from capture order by run');
  return reader.getRows().map(([run]) => String(run));
}

function namedRuns(names: readonly string[], known: readonly string[]): string[] {
  if (names.length === 0) {
    if (known.length === 1) return [...known];
    throw new CliError(`name the run the windows lie in; the case has ${known.join(', ') || 'none'}`, 2);
  }
  for (const name of names)
    if (!known.includes(name))
      throw new CliError(`the case has no run "${name}"; it has ${known.join(', ') || 'none'}`, 2);
  return [...names];
}
