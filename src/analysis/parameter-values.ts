import { CliError } from '../base/errors.ts';
import type { Threshold } from './document.ts';
import type { QueryLibrary } from './library.ts';
import { nearestName } from './nearest-name.ts';
import { parseParameterValue, type QueryParameter } from './query-file.ts';
import type { ParameterValues } from './rows.ts';

/** Checks `query.parameter` names and values against the headers. Throws a `CliError` that says what would be right. */
export function checkParameterValues(library: QueryLibrary, values: ParameterValues): ParameterValues {
  const known = new Map<string, QueryParameter>(
    Object.values(library).flatMap((files) =>
      files.flatMap((file) => file.params.map((param) => [`${file.id}.${param.name}`, param] as const)),
    ),
  );
  const checked: Record<string, number | string | boolean> = {};
  for (const [name, value] of Object.entries(values)) {
    const param = known.get(name);
    if (param === undefined) {
      const near = nearestName(name, known.keys());
      throw new CliError(
        `no parameter "${name}"${near === null ? '; parameters are named query.parameter' : `; did you mean "${near}"?`}`,
        2,
      );
    }
    const parsed = parseParameterValue(param.type, String(value));
    if (parsed === null) throw new CliError(`parameter "${name}" takes a ${param.type}, not "${String(value)}"`, 2);
    checked[name] = parsed;
  }
  return checked;
}

/** The thresholds of all queries of the library, with the values in use. */
export function thresholds(library: QueryLibrary, values: ParameterValues): Threshold[] {
  return Object.values(library).flatMap((files) =>
    files.flatMap((file) =>
      file.params.map(({ name, value, unit, meaning }) => {
        const used = values[`${file.id}.${name}`] ?? value;
        return {
          name: `${file.id}.${name}`,
          value: used,
          ...(unit === '-' ? {} : { unit }),
          meaning,
          ...(used === value ? {} : { insteadOf: value }),
        };
      }),
    ),
  );
}
