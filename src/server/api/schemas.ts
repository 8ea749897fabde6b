/** JSON schemas of what the API takes and gives; the OpenAPI document is made from them. */
const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;
const instant = { type: 'string', format: 'date-time' } as const;
const maybe = (schema: { readonly type: string; readonly description?: string }): object => ({
  ...schema,
  type: [schema.type, 'null'],
});

export const ERROR: object = {
  type: 'object',
  description: 'What is wrong, and what would be right, in one line.',
  required: ['error'],
  properties: { error: text },
};

const RUN = {
  type: 'object',
  required: ['run', 'host', 'start', 'end', 'samples'],
  properties: { run: text, host: text, start: instant, end: instant, samples: count },
};

export const NOTE: object = {
  type: 'object',
  required: ['id', 'written', 'author', 'text', 'at', 'finding'],
  properties: {
    id: count,
    written: instant,
    author: text,
    text,
    at: maybe(instant),
    finding: maybe(text),
  },
};

export const CASE: object = {
  type: 'object',
  required: [
    'slug',
    'name',
    'created',
    'deleted',
    'hosts',
    'runs',
    'start',
    'end',
    'samples',
    'captures',
    'waiting',
    'failed',
    'diskBytes',
    'problem',
    'contents',
  ],
  properties: {
    slug: { ...text, description: 'Its name in addresses and on the disk.' },
    name: text,
    created: instant,
    deleted: maybe({ ...instant, description: 'When it was deleted; it can be restored for a day.' }),
    hosts: { type: 'array', items: text },
    runs: { type: 'array', items: text },
    start: maybe({ ...instant, description: 'First sample.' }),
    end: maybe({ ...instant, description: 'Last sample.' }),
    samples: count,
    captures: { ...count, description: 'Uploaded files.' },
    waiting: { ...count, description: 'Those not read yet.' },
    failed: { ...count, description: 'Those of which nothing could be read.' },
    diskBytes: count,
    problem: maybe({ ...text, description: 'Why reading stands still.' }),
    contents: {
      type: ['object', 'null'],
      required: ['runs', 'lines', 'rows', 'rejects', 'notes'],
      properties: {
        runs: { type: 'array', items: RUN },
        lines: count,
        rows: count,
        rejects: { ...count, description: 'Lines that could not be understood.' },
        notes: { type: 'array', items: NOTE },
      },
    },
  },
};

export const CAPTURE: object = {
  type: 'object',
  required: ['id', 'name', 'bytes', 'run', 'received', 'state', 'samples', 'rows', 'rejects', 'note'],
  properties: {
    id: { ...text, description: 'SHA-256 of the file.', pattern: '^[0-9a-f]{64}$' },
    name: text,
    bytes: count,
    run: maybe(text),
    received: instant,
    state: { type: 'string', enum: ['waiting', 'read', 'failed'] },
    samples: count,
    rows: count,
    rejects: count,
    note: maybe({ ...text, description: 'What there is to say of it: why it could not be read.' }),
  },
};

export const QUERY_ANSWER: object = {
  type: 'object',
  required: ['columns', 'rows', 'isCut', 'ms'],
  properties: {
    columns: {
      type: 'array',
      items: { type: 'object', required: ['name', 'type'], properties: { name: text, type: text } },
    },
    rows: { type: 'array', items: { type: 'array', items: {} } },
    isCut: { type: 'boolean', description: 'There are more rows than are given.' },
    ms: count,
  },
};

export const SELECTION: object = {
  type: 'object',
  additionalProperties: false,
  properties: {
    run: { ...text, description: 'Only this run.' },
    host: { ...text, description: 'Only this host.' },
    since: { ...text, description: 'Nothing before this time: ISO 8601, UTC unless it has a zone.' },
    until: { ...text, description: 'Nothing after this time.' },
  },
};

export const SLUG: object = {
  type: 'object',
  required: ['slug'],
  properties: { slug: { ...text, description: 'The case.' } },
};

/** An object with these fields, no others. */
export function object(required: readonly string[], properties: Readonly<Record<string, object>>): object {
  return { type: 'object', additionalProperties: false, required, properties };
}

/** A list of such things. */
export function listOf(items: object): object {
  return { type: 'array', items };
}
