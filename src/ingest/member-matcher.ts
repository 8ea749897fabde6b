import type { Source } from '../sources/source.ts';

/** Finds the source that claims a member. The first claim wins; exact names go before patterns. */
export class MemberMatcher {
  readonly #claims: readonly {
    readonly source: Source;
    readonly glob: string;
    readonly pattern: RegExp;
    readonly exact: boolean;
  }[];

  constructor(sources: readonly Source[]) {
    this.#claims = sources
      .flatMap((source) =>
        source.members.map((glob) => ({ source, glob, pattern: globToRegExp(glob), exact: !glob.includes('*') })),
      )
      .sort((a, b) => Number(b.exact) - Number(a.exact));
  }

  /** The source for a member name inside the capture, or null. */
  match(member: string): Source | null {
    return this.claim(member)?.source ?? null;
  }

  /** As `match`, with the glob that claims the member. */
  claim(member: string): { readonly source: Source; readonly glob: string } | null {
    return this.#claims.find(({ pattern }) => pattern.test(member)) ?? null;
  }
}

/** `*` stands for anything within a name, `**` also crosses folders. */
function globToRegExp(glob: string): RegExp {
  const body = glob
    .split(/(\*\*\/?|\*)/)
    .map((part) => (part === '*' ? '[^/]*' : part.startsWith('**') ? '.*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return new RegExp(`^${body}$`);
}
