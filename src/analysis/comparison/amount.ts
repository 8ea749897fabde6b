/** A number for a sentence: whole from a hundred on and where it is whole, else three significant places: `1,024`, `28.4`. */
export function amount(value: number): string {
  if (Math.abs(value) >= 100 || Number.isInteger(value)) return Math.round(value).toLocaleString('en-US');
  return value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}
