/** Adjusted p-values (q): calling those with q ≤ 0.05 makes at most 5 % of the calls false, on average. */
export function adjust(p: readonly number[]): number[] {
  const order = p.map((_, i) => i).toSorted((a, b) => p[b]! - p[a]!);
  const q = Array.from({ length: p.length }, () => 1);
  let least = 1;
  order.forEach((place, i) => {
    least = Math.min(least, (p[place]! * p.length) / (p.length - i));
    q[place] = least;
  });
  return q;
}
