const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;
const LONGEST_NAME = 100;
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu;

/** Whether a text is a case's name in addresses and on the disk: small letters, digits, dashes. */
export function isSlug(text: string): boolean {
  return SLUG.test(text);
}

/** A slug for a name that is not among `taken`. */
export function slugOf(name: string, taken: (slug: string) => boolean): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 56)
    .replaceAll(/^-+|-+$/g, '');
  const stem = plain === '' ? 'case' : plain;
  for (let number = 1; ; number++) {
    const slug = number === 1 ? stem : `${stem}-${number}`;
    if (!taken(slug)) return slug;
  }
}

/** What somebody typed or a file is called, as one line that can be shown; empty when nothing is left of it. */
export function plainName(text: string, longest: number = LONGEST_NAME): string {
  return text.replace(INVISIBLE, ' ').replaceAll(/\s+/g, ' ').trim().slice(0, longest).trim();
}

/**
 * The name of an uploaded file on the disk: letters, digits, `.`, `_`, `-` of the last part of its own name, since logs and
 * outputs are known by their names. It lies alone in a folder that is named by its hash.
 */
export function diskName(text: string): string {
  const last = text.split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .replaceAll(/[^\w.-]+/g, '_')
    .replace(/^[.-]+/, '')
    .slice(-100)
    .replace(/^[.-]+/, '');
  return clean === '' ? 'capture' : clean;
}
