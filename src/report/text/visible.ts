const LONGEST = 4000;
/** Control and format characters, line separators and halves of pairs: they show nothing, or turn their neighbours around. */
const INVISIBLE = /(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** The text with every character that shows nothing, or turns its neighbours around, written out as `\u{202e}`. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (found) => `\\u{${found.codePointAt(0)!.toString(16)}}`);
}

/** The text, or its beginning and how much was left out when it is longer than `longest`. */
export function cut(text: string, longest: number = LONGEST): string {
  const kept = beginning(text, longest);
  return kept.length === text.length ? text : `${kept}${rest(text.length - kept.length)}`;
}

/**
 * Both of the above, for texts of any length: as much of the text as takes `longest` characters once its invisible ones are
 * written out, and how many characters of the text are left out. What is left out costs nothing.
 */
export function visibleBeginning(text: string, longest: number): string {
  let kept = beginning(text, longest);
  let written = visible(kept);
  while (written.length > longest) {
    kept = beginning(kept, Math.floor((kept.length * longest) / written.length));
    written = visible(kept);
  }
  return kept.length === text.length ? written : `${written}${rest(text.length - kept.length)}`;
}

/** At most `longest` characters, and no half of a pair at the end. */
function beginning(text: string, longest: number): string {
  return text.length <= longest ? text : text.slice(0, longest).replace(/[\ud800-\udbff]$/, '');
}

function rest(characters: number): string {
  return `… (${characters.toLocaleString('en-US')} more characters)`;
}
