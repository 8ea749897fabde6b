import type { JudgedFinding } from './finding-document.ts';

/**
 * Another cause that is as grave and as well supported as the root, at the same time on the same host; null when there is
 * none. Which of the two it was is then not known.
 */
export function equalRival(root: JudgedFinding, rivals: readonly JudgedFinding[]): JudgedFinding | null {
  return (
    rivals.find(
      (rival) =>
        rival.finding.id !== root.finding.id &&
        rival.run === root.run &&
        rival.finding.host === root.finding.host &&
        rival.finding.severity === root.finding.severity &&
        rival.finding.confidence === root.finding.confidence &&
        overlap(root, rival),
    ) ?? null
  );
}

/** The sentence about the root, with the cause that fits as well and what would tell the two apart. */
export function sentenceOfTwo(sentence: string, root: JudgedFinding, rival: JudgedFinding): string {
  return `${sentence}; another cause fits as well: ${rival.headline}. ${tellApart(root, rival)}`;
}

/** What a reader has to know of the causes that remain: each of them, and what tells the best of them from the root. */
export function rivalry(root: JudgedFinding, rivals: readonly JudgedFinding[]): string[] {
  const others = rivals.filter((item) => item.finding.id !== root.finding.id);
  const [best] = others;
  const told = best === undefined || best === equalRival(root, rivals);
  return [
    ...others.map(
      ({ finding, headline }) =>
        `Not explained by it: ${finding.id} (${headline}, from ${finding.onset.slice(11, 19)}${finding.host === root.finding.host ? '' : ` on ${finding.host}`}).`,
    ),
    ...(told ? [] : [tellApart(root, best)]),
  ];
}

function tellApart(root: JudgedFinding, rival: JudgedFinding): string {
  if (root.tells === null || rival.tells === null)
    return `To tell ${root.finding.id} from ${rival.finding.id}: end one of them and see what stays.`;
  return `To tell them apart: ${root.finding.id} shows in ${root.tells}; ${rival.finding.id} in ${rival.tells}.`;
}

function overlap({ finding: a }: JudgedFinding, { finding: b }: JudgedFinding): boolean {
  return (a.end === null || b.onset <= a.end) && (b.end === null || a.onset <= b.end);
}
