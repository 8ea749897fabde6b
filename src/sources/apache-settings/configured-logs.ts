/** A log that a configuration writes, and how. */
export interface ConfiguredLog {
  /** As written, unquoted, maybe relative to ServerRoot or with `${VARIABLES}`; of `|rotatelogs` the file it writes, with its %Y%m%d. */
  readonly path: string;
  /** The LogFormat string, escapes resolved. */
  readonly format: string;
}

const COMMON = '%h %l %u %t "%r" %>s %b';
const DIRECTIVE = /^(LogFormat|CustomLog|TransferLog|GlobalLog)\s+(.*)$/i;
const ARGUMENT = /\s*(?:"((?:[^"\\]|\\.)*)"|(\S+))/g;
const ROTATELOGS = /^\|{1,2}\$?\S*\b(?:rotatelogs|cronolog)\b(?:\s+-(?:[lfcevdtT]+|[Lpn] ?\S+|S ?\S+))*\s+(\S+)/;

/**
 * The access logs of a configuration, from the text of its files in any order; a log whose format no file names is left
 * out. Give all files of a host at once: formats and logs are often in different files.
 */
export function configuredLogs(texts: Iterable<string>): readonly ConfiguredLog[] {
  const formats = new Map([['CLF', COMMON]]);
  const logs: { readonly path: string; readonly nickname: string | null; readonly format: string }[] = [];
  let transferFormat = COMMON;
  for (const text of texts) {
    for (const line of text.replace(/\\\r?\n/g, ' ').split('\n')) {
      const [, name, rest] = DIRECTIVE.exec(line.trim()) ?? [];
      if (name === undefined) continue;
      const [first, second] = words(rest!);
      if (first === undefined) continue;
      if (name.toLowerCase() === 'logformat') {
        if (second === undefined) transferFormat = first;
        else formats.set(second, first);
        continue;
      }
      const path = ROTATELOGS.exec(first)?.[1] ?? first;
      if (path.startsWith('|')) continue;
      if (second === undefined) logs.push({ path, nickname: null, format: transferFormat });
      else if (second.includes('%')) logs.push({ path, nickname: null, format: second });
      else logs.push({ path, nickname: second, format: '' });
    }
  }
  return logs.flatMap(({ path, nickname, format }) => {
    const known = nickname === null ? format : formats.get(nickname);
    return known === undefined ? [] : [{ path, format: known }];
  });
}

/** The first two arguments. */
function words(text: string): readonly string[] {
  const [first, second] = text.matchAll(ARGUMENT);
  return [first, second].flatMap((match) => (match === undefined ? [] : [unquoted(match[1] ?? null, match[2] ?? '')]));
}

function unquoted(quoted: string | null, plain: string): string {
  return quoted === null ? plain : quoted.replace(/\\(["\\])/g, '$1');
}
