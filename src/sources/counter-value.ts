const LONGEST = 20;
const NUMBER = /^-?\d+$/;

/**
 * The 64-bit value a tool printed in decimal; NaN when it is none. A number from 2^63 on is a negative one that a tool
 * printed without its sign, and read as such.
 */
export function counterValue(text: string): number {
  if (text.length > LONGEST || !NUMBER.test(text)) return Number.NaN;
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  const whole = BigInt(text);
  const folded = BigInt.asIntN(64, whole);
  return whole === BigInt.asUintN(64, whole) || whole === folded ? Number(folded) : Number.NaN;
}
