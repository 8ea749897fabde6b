import { baseName, type Recogniser, withoutCompression } from '../capture/bundles/entry.ts';
import { ptStalkOutput } from '../capture/bundles/pt-stalk.ts';
import type { Fact, Source } from '../sources/source.ts';
import { MemberMatcher } from './member-matcher.ts';

/** Answers for the sources, by their globs and openings. */
export class SourceRecogniser implements Recogniser {
  readonly #sources: ReadonlyMap<string, Source>;
  readonly #matcher: MemberMatcher;
  readonly #logs: ReadonlySet<string>;
  readonly #openings: readonly { readonly id: string; readonly opening: RegExp }[];
  /** Any of them, in one expression: most lines open nothing. */
  readonly #any: RegExp;

  constructor(sources: readonly Source[]) {
    this.#sources = new Map(sources.map((source) => [source.id, source]));
    this.#matcher = new MemberMatcher(sources);
    const isLog = ({ tables }: Source): boolean =>
      tables.some(({ columns }) => columns.some(({ name }) => name === 'ts'));
    this.#logs = new Set(sources.filter(isLog).map(({ id }) => id));
    const rank = (source: Source): number => source.fact?.rank ?? 0;
    this.#openings = sources
      .toSorted((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1))
      .flatMap(({ id, opening }) => (opening === undefined ? [] : [{ id, opening }]));
    const flags = this.#openings.some(({ opening }) => opening.ignoreCase) ? 'i' : '';
    this.#any = new RegExp(this.#openings.map(({ opening }) => `(?:${opening.source})`).join('|') || '(?!)', flags);
  }

  source(id: string): Source {
    return this.#sources.get(id)!;
  }

  byPath(path: string): string | null {
    return this.#matcher.match(withoutCompression(path))?.id ?? null;
  }

  byName(path: string): { readonly source: string; readonly pattern: string } | null {
    const name = withoutCompression(path);
    const claim = this.#matcher.claim(name) ?? this.#matcher.claim(baseName(name)) ?? this.#byOutput(baseName(name));
    return claim === null ? null : { source: claim.source.id, pattern: claim.glob };
  }

  byLine(line: string): readonly string[] {
    if (!this.#any.test(line)) return [];
    return this.#openings.filter(({ opening }) => opening.test(line)).map(({ id }) => id);
  }

  opens(source: string, line: string): boolean {
    return this.source(source).opening?.test(line) === true;
  }

  keeps(source: string, line: string): boolean {
    return this.source(source).keeps?.test(line) === true;
  }

  isLog(source: string): boolean {
    return this.#logs.has(source);
  }

  fact(source: string): Fact | null {
    return this.source(source).fact ?? null;
  }

  opensAgain(source: string): boolean {
    return this.source(source).opensAgain === true;
  }

  hasComments(source: string): boolean {
    return this.source(source).hasComments === true;
  }

  #byOutput(name: string): { readonly source: Source; readonly glob: string } | null {
    const output = ptStalkOutput(name);
    return output === null ? null : this.#matcher.claim(`${output.replaceAll('_', '-')}.txt`);
  }
}
