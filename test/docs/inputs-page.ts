import type { Source } from '../../src/sources/source.ts';
import { cell, row } from './markdown.ts';

/** `docs/supported-inputs.md`: every source and the members it reads. */
export function inputsPage(sources: readonly Source[]): string {
  const lines = sources.map((source) =>
    row([
      `\`${source.id}\``,
      `[${cell(source.title)}](${source.docs})`,
      source.members.map((member) => `\`${member}\``).join(' '),
      source.tables.map((table) => `[${table.name}](schema.md#${table.name})`).join(', '),
      source.fact === undefined ? '' : `${source.fact.name}, ${source.fact.rank}`,
    ]),
  );
  return [
    '# What lastack reads',
    '',
    'A capture is a tarball or a folder with `manifest.tsv` and members as the collector writes them ([collector.md](collector.md)).',
    'Each member is read by the source whose pattern fits its name: `*` stands for anything within a name, `**` also crosses',
    'folders. A member that no source claims is named in `coverage`.',
    '',
    'Sources with the same fact are alternatives: of those a capture has, the one with the lowest number is read and the others',
    'are noted as skipped.',
    '',
    row(['source', 'what', 'members', 'tables', 'fact, order']),
    row(['---', '---', '---', '---', '---']),
    ...lines,
    '',
  ].join('\n');
}
