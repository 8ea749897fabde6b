const WORD = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(\S+)/g;

/** The arguments of a directive as Apache cuts them: by spaces, where quotes hold them together. */
export function directiveWords(text: string): readonly string[] {
  return [...text.matchAll(WORD)].map(
    ([, double, single, bare]) => bare ?? (double ?? single ?? '').replace(/\\(["'\\])/g, '$1'),
  );
}
