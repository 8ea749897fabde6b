import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import type { Command } from 'commander';
import { createProgram } from '../../src/cli/program.ts';
import { projectRoot } from '../support/project.ts';
import { projectFiles, readProjectFile } from '../tools/project-files.ts';
import { generatedPages } from './pages.ts';

const pages = projectFiles().filter((path) => path.endsWith('.md') && !/^(samples|test)\//.test(path));
const generated = await generatedPages();

describe('generated pages', () => {
  for (const [path, text] of generated) {
    it(`${path} is what the code says (else: npm run docs)`, () => {
      assert.equal(readProjectFile(path), text);
    });
  }
});

describe('links between pages', () => {
  for (const path of pages) {
    it(`${path} points to files and headings that exist`, () => {
      for (const [, target] of readProjectFile(path).matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)) {
        const [file, anchor] = target!.split('#') as [string, string | undefined];
        const linked = file === '' ? path : join(dirname(path), file);
        assert.ok(existsSync(join(projectRoot, linked)), `${path}: ${target}`);
        if (anchor !== undefined) assert.ok(anchorsOf(linked).includes(anchor), `${path}: ${target}`);
      }
    });
  }
});

describe('files in ARCHITECTURE.md', () => {
  const files = projectFiles();
  const names = [...readProjectFile('ARCHITECTURE.md').matchAll(/`([\w./-]+(?:\.ts|\/))`/g)].map((match) => match[1]!);
  it('are found', () => assert.ok(names.length > 20));
  for (const name of new Set(names)) {
    it(name, () => assert.ok(files.some((path) => `/${path}`.includes(`/${name}`))));
  }
});

describe('commands in the pages', () => {
  const program = createProgram();
  const lines = pages.flatMap((path) =>
    [...readProjectFile(path).matchAll(/^```\n([\s\S]*?)^```$/gm)]
      .flatMap(([, block]) => [...block!.matchAll(/^(?:npx )?lastack (.*)$/gm)])
      .map((match) => ({ path, line: match[1]! })),
  );

  it('are found', () => assert.ok(lines.length > 3));

  for (const { path, line } of lines) {
    it(`${path}: lastack ${line}`, () => assert.doesNotThrow(() => checkCommand(program, line)));
  }
});

describe('scripts in the pages', () => {
  const scripts = Object.keys(JSON.parse(readProjectFile('package.json')).scripts);
  for (const path of pages) {
    it(`${path} names npm scripts that exist`, () => {
      for (const [, name] of readProjectFile(path).matchAll(/\bnpm run ([a-z-]+)/g))
        assert.ok(scripts.includes(name!), name);
    });
  }
});

function anchorsOf(path: string): readonly string[] {
  const headings = readProjectFile(path).matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, title]) =>
    title!
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

/** Throws unless the words name a command of the program and flags it has. */
function checkCommand(program: Command, line: string): void {
  const words = line.split(/\s+/);
  const command = program.commands.find((candidate) => candidate.name() === words[0]) ?? program;
  assert.ok(command !== program || words[0]!.startsWith('-'), `no command ${words[0]}`);
  const flags = [...program.options, ...command.options].flatMap((option) => [option.short, option.long]);
  for (const word of words.filter((candidate) => /^-{1,2}[a-z]/.test(candidate))) {
    const known = flags.includes(word) || ['--help', '-h', '--version', '-V'].includes(word);
    assert.ok(known, `lastack ${words[0]} has no ${word}`);
  }
}
