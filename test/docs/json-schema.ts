import { join } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';
import { projectRoot } from '../support/project.ts';

/**
 * The JSON Schema (draft 7) of an exported type, as text: made from the type, so that the two cannot differ. A field that
 * the type does not have is refused.
 * @param path the type's file, from the project's root
 * @throws when the file has no such type, or the type says what a schema cannot
 */
export function jsonSchemaOf(path: string, type: string): string {
  const schema = createGenerator({
    path: join(projectRoot, path),
    type,
    tsconfig: join(projectRoot, 'tsconfig.json'),
    skipTypeCheck: true,
    additionalProperties: false,
  }).createSchema(type);
  return `${JSON.stringify(schema, null, 2)}\n`;
}
