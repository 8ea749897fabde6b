import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { projectRoot } from './project.ts';

/** The validator of a published schema, such as `postmortem`: all errors, strict about the schema itself. */
export function schemaValidator(name: string): ValidateFunction {
  const text = readFileSync(join(projectRoot, `schema/${name}.schema.json`), 'utf8');
  return new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(JSON.parse(text));
}

/** Fails unless the JSON text is what the schema says; names each place that is not. */
export function assertMatchesSchema(validate: ValidateFunction, json: string): void {
  const fits = validate(JSON.parse(json));
  const errors = (validate.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message}`);
  assert.ok(fits, errors.join('\n'));
}
