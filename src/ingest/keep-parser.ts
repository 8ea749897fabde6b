import type { LineParser, Source } from '../sources/source.ts';

/**
 * The same source, of which the last parser stays until there is another one. A parser may be made of functions (the steps of
 * a log format), and the engine drops their compiled code with the last of them: each sample would have it compiled anew.
 */
export function keepingParser(source: Source): Source {
  const kept: LineParser[] = [];
  return {
    ...source,
    parse(context, tables) {
      const parser = source.parse(context, tables);
      kept[0] = parser;
      return parser;
    },
  };
}
