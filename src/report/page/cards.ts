import type { Finding, Postmortem } from '../../analysis/document.ts';

/** Roles of findings, in the order of the page. */
export const ROLES: readonly string[] = ['cause', 'symptom', 'context'];

type Judged = Pick<Postmortem, 'findings' | 'verdict'>;

/** The finding that the verdict names: the same may have been found on other hosts and listeners too. */
export function rootOf({ findings, verdict: { rootCause, host } }: Judged): Finding | undefined {
  const all = findings.filter(({ id }) => id === rootCause);
  return all.find((finding) => finding.host === host) ?? all[0];
}

/** The root cause, then what else is a cause, symptoms and context; within each as the analysis ordered them. */
export function inOrder(document: Judged): readonly Finding[] {
  const root = rootOf(document);
  const rank = (finding: Finding): number => (finding === root ? -1 : ROLES.indexOf(finding.role));
  return document.findings.toSorted((a, b) => rank(a) - rank(b));
}

/** The cards of the findings and their `id`s in the page: one finding may stand for several hosts and listeners. */
export class Cards {
  readonly inOrder: readonly Finding[];
  readonly #ids = new Map<Finding, string>();

  /** The one the verdict names. */
  readonly root: Finding | undefined;

  constructor(document: Judged) {
    this.root = rootOf(document);
    this.inOrder = inOrder(document);
    const seen = new Map<string, number>();
    for (const finding of this.inOrder) {
      const count = (seen.get(finding.id) ?? 0) + 1;
      seen.set(finding.id, count);
      const name = `finding-${finding.id.replace(/[^\w-]+/g, '-')}`;
      this.#ids.set(finding, count === 1 ? name : `${name}-${count}`);
    }
  }

  /** The `id` of a finding's card. */
  idOf(finding: Finding): string {
    return this.#ids.get(finding)!;
  }

  /** The address of the first card of a finding, on that host where there is one; undefined where it was not found. */
  link(finding: string, host: string | null = null): string | undefined {
    const all = this.inOrder.filter(({ id }) => id === finding);
    const found = all.find((one) => one.host === host) ?? all[0];
    return found === undefined ? undefined : `#${this.idOf(found)}`;
  }
}
