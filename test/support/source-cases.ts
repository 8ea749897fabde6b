import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fixedZone, namedZone } from '../../src/base/zone.ts';
import type { MemberContext } from '../../src/sources/source.ts';
import { projectRoot } from './project.ts';

/** A golden case of a source: `test/sources/<source>/<case>/{input/**,expected/*.csv,context.json}`. */
export interface SourceCase {
  readonly source: string;
  readonly name: string;
  readonly folder: string;
  readonly members: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly context: Partial<MemberContext>;
}

/** `context.json` of a case: the same facts in a form people write. */
interface CaseContext {
  readonly captureTs?: string;
  readonly utcOffsetMinutes?: number;
  readonly zone?: string;
  readonly uptimeS?: number;
  readonly bootId?: string;
  readonly logFormat?: string;
  readonly errorLogFormat?: string;
  readonly slice?: { readonly inode: string; readonly offset: number };
}

const FOLDER = join(projectRoot, 'test/sources');

/** Every case of every source, by folder name. */
export function sourceCases(): readonly SourceCase[] {
  return folders(FOLDER).flatMap((source) =>
    folders(join(FOLDER, source)).map((name) => readCase(source, name, join(FOLDER, source, name))),
  );
}

function readCase(source: string, name: string, folder: string): SourceCase {
  const members = files(join(folder, 'input')).map((member) => ({
    name: member,
    bytes: readFileSync(join(folder, 'input', member)),
  }));
  const file = join(folder, 'context.json');
  return { source, name, folder, members, context: existsSync(file) ? readContext(file) : {} };
}

function readContext(file: string): Partial<MemberContext> {
  const { captureTs, utcOffsetMinutes, zone, ...rest } = JSON.parse(readFileSync(file, 'utf8')) as CaseContext;
  return {
    ...rest,
    ...(captureTs === undefined ? {} : { captureTsUs: Date.parse(captureTs) * 1000 }),
    ...(utcOffsetMinutes === undefined ? {} : { zone: fixedZone(utcOffsetMinutes) }),
    ...(zone === undefined ? {} : { zone: namedZone(zone)! }),
  };
}

/** Paths of the files under a folder, sorted, with `/`; none when it is missing. */
export function files(folder: string, prefix = ''): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .toSorted()
    .flatMap((name) =>
      statSync(join(folder, name)).isDirectory() ? files(join(folder, name), `${prefix}${name}/`) : [prefix + name],
    );
}

function folders(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => statSync(join(folder, name)).isDirectory())
    .toSorted();
}
