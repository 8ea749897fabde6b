import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { manifestText, ROOT, tempFolder, writeArchive } from '../support/archives.ts';
import { lastack } from '../support/cli.ts';
import { files } from '../support/source-cases.ts';

const LOG = '193.99.144.80 - user1 [22/Nov/2026:23:20:46 +0000] "GET /a?b=secretword HTTP/1.1" 200 17\n';
const MEMBERS = [
  {
    name: 'lastack-www1-x/manifest.tsv',
    body: manifestText(['access-log logs/access/a.log collected', 'dmesg dmesg.txt collected']),
  },
  { name: 'lastack-www1-x/logs/access/a.log', body: LOG },
  { name: 'lastack-www1-x/dmesg.txt', body: '[ 1.0] www1: user1 from 193.99.144.80\n' },
];

/** Bytes of every file below a folder, by path. */
function contents(folder: string): Record<string, string> {
  return Object.fromEntries(files(folder).map((file) => [file, readFileSync(join(folder, file)).toString('base64')]));
}

describe('lastack redact', () => {
  it('makes a key of its own, gives the same bytes again, and leaves the originals alone', async (t) => {
    const folder = await tempFolder(t);
    const archive = await writeArchive(join(folder, 'lastack-www1-20261122T232145Z.tar.gz'), MEMBERS);
    const before = readFileSync(archive);
    const key = join(folder, 'keys/team.key');
    const first = await lastack([
      'redact',
      archive,
      '-o',
      join(folder, 'a'),
      '--key',
      key,
      '--map',
      join(folder, 'map'),
    ]);
    assert.equal(first.code, 0, first.stderr);
    assert.equal(first.stdout, '');
    assert.match(
      first.stderr,
      /made the key .*1 captures; replaced 2 IP and 0 MAC addresses, 2 host and 2 user names, 1 values/s,
    );
    assert.equal(statSync(key).mode & 0o777, 0o600);
    assert.equal(statSync(join(folder, 'map')).mode & 0o777, 0o600);
    const second = await lastack(['redact', archive, '-o', join(folder, 'b'), '--key', key]);
    assert.doesNotMatch(second.stderr, /made the key/);
    assert.deepEqual(contents(join(folder, 'a')), contents(join(folder, 'b')));
    const other = await lastack(['redact', archive, '-o', join(folder, 'c'), '--key', join(folder, 'other.key')]);
    assert.equal(other.code, 0, other.stderr);
    assert.notDeepEqual(contents(join(folder, 'a')), contents(join(folder, 'c')));
    assert.deepEqual(readFileSync(archive), before);
    assert.deepEqual(readdirSync(folder).sort(), [
      'a',
      'b',
      'c',
      'keys',
      'lastack-www1-20261122T232145Z.tar.gz',
      'map',
      'other.key',
    ]);
    chmodSync(key, 0o644);
    const open = await lastack(['redact', archive, '-o', join(folder, 'd'), '--key', key]);
    assert.match(open.stderr, /can be read by others on this machine: chmod 600/);
  });

  it('leads back: addresses by the key, all by the map', async (t) => {
    const folder = await tempFolder(t);
    const archive = await writeArchive(join(folder, 'lastack-www1-20261122T232145Z.tar.gz'), MEMBERS);
    const [key, map, out] = ['key', 'map', 'out'].map((name) => join(folder, name));
    await lastack(['redact', archive, '-o', out!, '--key', key!, '--map', map!]);
    const query = ['query', '--case', join(folder, 'case'), '--format', 'csv'];
    await lastack(['import', out!, '--case', join(folder, 'case')]);
    const row = (await lastack([...query, 'select host, client, user_name, query from access_log'])).stdout.split(
      '\n',
    )[1]!;
    assert.doesNotMatch(row, /www1|193\.99|user1|secretword/);
    const half = await lastack(['redact', '--reveal', row, '--key', key!]);
    assert.match(half.stdout, /^n[a-z2-7]{7},193\.99\.144\.80,n[a-z2-7]{7},b=x[a-z2-7]{10}\n$/);
    assert.match(half.stderr, /3 names or values not revealed: only a map/);
    const whole = 'www1,193.99.144.80,user1,b=secretword\n';
    for (const with_ of [
      ['--key', key!, '--map', map!],
      ['--map', map!],
    ])
      assert.equal((await lastack(['redact', '--reveal', row, ...with_])).stdout, whole);
    assert.equal(
      (await lastack(['redact', '--reveal', '-', '--map', map!], { stdin: Buffer.from(row) })).stdout,
      whole,
    );
    const note = await lastack([...query, 'select note from import_note']);
    assert.match(note.stdout, /redacted by lastack .* are pseudonyms; not found: names and numbers inside paths/);
  });

  it('reads folders, unpacked captures, loose files with packed ones among them, and stdin', async (t) => {
    const folder = await tempFolder(t);
    const key = ['--key', join(folder, 'key')];
    const loose = join(folder, 'loose');
    mkdirSync(join(loose, 'lastack-www1-x/logs/access'), { recursive: true });
    for (const { name, body } of MEMBERS) writeFileSync(join(loose, name), body);
    assert.equal((await lastack(['redact', loose, '-o', join(folder, 'a'), ...key])).code, 0);
    assert.equal(files(join(folder, 'a')).length, 3);
    const logs = join(folder, 'logs');
    mkdirSync(logs);
    writeFileSync(join(logs, 'access.log.1.gz'), gzipSync(LOG.repeat(50)));
    writeFileSync(join(logs, 'access.log'), LOG);
    assert.equal((await lastack(['redact', logs, '-o', join(folder, 'b'), ...key])).code, 0);
    await lastack(['import', join(folder, 'b'), '--case', join(folder, 'case')]);
    const rows = await lastack([
      'query',
      '--case',
      join(folder, 'case'),
      '--format',
      'csv',
      "select count(*), count(distinct client), bool_or(query like '%word%') from access_log",
    ]);
    assert.match(rows.stdout, /\n51,1,false\n/);
    const archive = await writeArchive(join(folder, 'x.tgz'), MEMBERS);
    assert.equal(
      (await lastack(['redact', '-', '-o', join(folder, 'c'), ...key], { stdin: readFileSync(archive) })).code,
      0,
    );
    assert.equal(readdirSync(join(folder, 'c')).length, 1);
  });

  it('says what it leaves out: what is no text, too long a line, a cut archive, links', async (t) => {
    const folder = await tempFolder(t);
    const archive = await writeArchive(join(folder, 'a.tar.gz'), [
      ...MEMBERS,
      { name: 'lastack-www1-x/core', body: Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 3, 0, 62, 0, 1]) },
      { name: 'lastack-www1-x/long.txt', body: `${'10.1.2.3 '.repeat(150_000)}\n10.1.2.3\n` },
      { name: 'lastack-www1-x/www1-link', header: { type: 'symlink', linkname: '/etc/passwd' } },
    ]);
    const run = await lastack(['redact', archive, '-o', join(folder, 'out'), '--key', join(folder, 'key')]);
    for (const told of [/core: no text/, /long\.txt: a line of 1350000 bytes/, /a symbolic link/])
      assert.match(run.stderr, told);
    assert.doesNotMatch(run.stderr, /www1/);
    const cut = join(folder, 'cut.tar.gz');
    const bytes = readFileSync(join(ROOT, 'samples/quiet', readdirSync(join(ROOT, 'samples/quiet'))[0]!));
    writeFileSync(cut, bytes.subarray(0, bytes.length / 2));
    const half = await lastack(['redact', cut, '-o', join(folder, 'half'), '--key', join(folder, 'key')]);
    assert.equal(half.code, 0, half.stderr);
    assert.match(half.stderr, /cut\.tar\.gz: the archive is cut/);
    await lastack(['import', join(folder, 'half'), '--case', join(folder, 'case')]);
    const note = await lastack([
      'query',
      '--case',
      join(folder, 'case'),
      '--format',
      'csv',
      'select note from import_note',
    ]);
    assert.match(note.stdout, /left out when it was redacted: the archive is cut/);
  });

  it('refuses with one line, and leaves nothing behind', async (t) => {
    const folder = await tempFolder(t);
    const archive = await writeArchive(join(folder, 'a.tar.gz'), MEMBERS);
    const empty = join(folder, 'empty.tar.gz');
    writeFileSync(empty, '');
    writeFileSync(join(folder, 'nokey'), 'hello\n');
    mkdirSync(join(folder, 'full'));
    writeFileSync(join(folder, 'full/x'), '');
    const out = join(folder, 'out');
    const key = join(folder, 'key');
    const before = readdirSync(folder).sort();
    const cases: readonly (readonly [readonly string[], number, RegExp])[] = [
      [[], 2, /name captures/],
      [[archive], 2, /name the folder for the redacted captures with -o DIR/],
      [[join(folder, 'none'), '-o', out, '--key', key], 2, /no such file or folder/],
      [[archive, '-o', join(folder, 'full'), '--key', join(folder, 'nokey')], 2, /no redaction key/],
      [[archive, '-o', out, '--key', join(folder, 'nokey')], 2, /no redaction key: expected one line/],
      [[archive, '-o', out, '--key', join(out, 'key')], 2, /must not lie in/],
      [[archive, '-o', out, '--key', key, '--map', join(out, 'map')], 2, /must not lie in/],
      [['--reveal', 'x', '--key', key], 2, /cannot read the key .*no such file/],
      [['--reveal', 'x', '--map', join(folder, 'nokey')], 2, /no map of redactions/],
      [['--reveal', 'x', '-o', out], 2, /--reveal takes a text/],
    ];
    for (const [args, code, message] of cases) {
      const run = await lastack(['redact', ...args]);
      assert.equal(run.code, code, `${args.join(' ')}: ${run.stderr}`);
      assert.match(run.stderr, message);
      assert.match(run.stderr, /^lastack: .*\n$/);
    }
    assert.deepEqual(readdirSync(folder).sort(), before);
    const full = await lastack(['redact', archive, '-o', join(folder, 'full'), '--key', key]);
    assert.match(full.stderr, /is not empty: expected a new or an empty folder/);
    const unread = await lastack(['redact', empty, '-o', out, '--key', key, '--map', join(folder, 'map')]);
    assert.equal(unread.code, 3, unread.stderr);
    assert.ok(!existsSync(out) && !existsSync(join(folder, 'map')));
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.includes('partial')),
      [],
    );
  });
});
