// Nothing is lost: what coverage says of every member of every recording, held against the archives themselves.
import assert from 'node:assert/strict';
import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { ROOT } from '../support/archives.ts';
import { importedCase } from '../support/cases.ts';

const LF = 10;

describe('every line of every recording is accounted for', () => {
  for (const folder of recordings()) {
    it(folder, async (t) => {
      const found = await importedCase(t, [join(ROOT, folder)]);
      assert.deepEqual(found.result.notes, []);
      const wrong = await found.query('from coverage where lines <> row_lines + known + rejects');
      assert.deepEqual(wrong, [], 'lines = row lines + known lines + rejects');
      const [sum] = await found.query(
        `select sum(lines)::integer as lines, sum(rows)::integer as rows, sum(rejects)::integer as rejects,
           (select count(*) from reject)::integer as kept from coverage`,
      );
      const { lines, rows, rejects } = found.result;
      assert.deepEqual(sum, { lines, rows, rejects, kept: rejects });
      const covered = await found.query(
        `select c.source_path || '/' || v.member as place, v.lines::integer as lines
         from coverage as v join capture as c using (capture_id) where v.lines > 0 order by place`,
      );
      const counted = await countLines(join(ROOT, folder));
      for (const { place, lines: told } of covered) assert.equal(told, counted.get(place as string), place as string);
      const all = await found.query(
        `select c.source_path || '/' || v.member as place
         from coverage as v join capture as c using (capture_id) where v.member is not null`,
      );
      const named = new Set(all.map(({ place }) => place as string));
      const unnamed = [...counted.keys()].filter((place) => !named.has(place) && !place.endsWith('/manifest.tsv'));
      assert.deepEqual(unnamed, [], 'members that coverage does not name');
    });
  }
});

function recordings(): readonly string[] {
  return ['samples', 'test/incidents'].flatMap((parent) =>
    readdirSync(join(ROOT, parent))
      .filter((name) => existsSync(join(ROOT, parent, 'truth', `${name}.json`)))
      .map((name) => join(parent, name)),
  );
}

/** Lines of each member, by its place as coverage tells it: `ARCHIVE/FOLDER/MEMBER`. */
async function countLines(folder: string): Promise<ReadonlyMap<string, number>> {
  const lines = new Map<string, number>();
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.tar.gz'))) {
    const tar = extract();
    createReadStream(join(folder, name)).pipe(createGunzip()).pipe(tar);
    for await (const entry of tar) {
      let count = 0;
      let last = LF;
      for await (const chunk of entry as AsyncIterable<Uint8Array>) {
        for (const byte of chunk) if (byte === LF) count++;
        last = chunk.at(-1) ?? last;
      }
      if (entry.header.type === 'file')
        lines.set(`${basename(name)}/${entry.header.name}`, count + Number(last !== LF));
    }
  }
  return lines;
}
