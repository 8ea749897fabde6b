/** A piece of an ErrorLogFormat: bytes that stand as they are, or an item. */
export type FormatPiece = { readonly literal: string } | FormatItem;

/** `%-{Referer}i` is `{ letter: 'i', argument: 'Referer', hasDash: true }`. */
export interface FormatItem {
  readonly letter: string;
  readonly argument: string | null;
  /** With a minus: `-` is printed where there is nothing. Else the whole field is left out. */
  readonly hasDash: boolean;
}

const ITEM = /^%([-+\d]*)(?:\{([^}]*)\})?([A-Za-z])/;

/** Cuts an ErrorLogFormat into its fields, which spaces separate; `\ ` is a space within a field. */
export function formatFields(format: string): readonly (readonly FormatPiece[])[] {
  const fields: FormatPiece[][] = [[]];
  const addLiteral = (text: string): void => {
    const field = fields.at(-1)!;
    const last = field.at(-1);
    if (last !== undefined && 'literal' in last) field[field.length - 1] = { literal: last.literal + text };
    else field.push({ literal: text });
  };
  for (let at = 0; at < format.length; ) {
    const item = ITEM.exec(format.slice(at));
    if (item !== null) {
      fields.at(-1)!.push({ letter: item[3]!, argument: item[2] ?? null, hasDash: item[1]!.includes('-') });
      at += item[0].length;
    } else if (format[at] === '\\' && at + 1 < format.length) {
      addLiteral(format[at + 1]!);
      at += 2;
    } else if (format.startsWith('%%', at)) {
      addLiteral('%');
      at += 2;
    } else if (format[at] === ' ') {
      fields.push([]);
      at++;
    } else if (format.startsWith('% ', at)) {
      // ends a field and prints nothing
      fields.push([], []);
      at += 2;
    } else {
      addLiteral(format[at++]!);
    }
  }
  return fields;
}
