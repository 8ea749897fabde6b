const LONGEST = 4000;
/** Control and format characters, line separators and halves of pairs: they show nothing, or turn their neighbours around. */
const INVISIBLE = /(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** The text with every character that shows nothing, or turns its neighbours around, written out as `\u{202e}`. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (found) => `\\u{${found.codePointAt(0)!.toString(16)}}`);
}

/** The text, or its beginning and how much was left out when it is longer than `longest`. */
export function cut(text: string, longest: number = LONGEST): string {
  if (text.length <= longest) return text;
  const kept = text.slice(0, longest).replace(/[\ud800-\udbff]$/, '');
  return `${kept}… (${(text.length - kept.length).toLocaleString('en-US')} more characters)`;
}
