/** A place where only people know what to write, marked so that it cannot be taken for a result. */
export function toFillIn(what: string): string {
  return `**[TO FILL IN: ${what}]**`;
}
