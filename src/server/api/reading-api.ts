import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { ALIGNMENTS, comparisonOf, readSides, type SidesQuery } from '../comparison.ts';
import type { Context } from '../context.ts';
import type { NoteInput } from '../notes.ts';
import { postmortemOf } from '../routes/report-routes.ts';
import { readSelection, type SelectionQuery } from '../selection.ts';
import { ERROR, listOf, NOTE, object, QUERY_ANSWER, SELECTION, SLUG } from './schemas.ts';

interface ForCase {
  readonly Params: { readonly slug: string };
}

const RUNS = { type: 'array', items: { type: 'string' }, minItems: 1, description: 'Runs of this side.' };

const AT = { type: 'string', description: 'A border of a window: four of them, or none.' };
const SIDES = {
  host: { type: 'string', description: 'Only this host.' },
  beforeSince: AT,
  beforeUntil: AT,
  afterSince: AT,
  afterUntil: AT,
  guard: { type: 'string', description: 'Seconds left out where windows meet, and after an onset or load step.' },
  align: { type: 'string', enum: ALIGNMENTS },
  expect: { type: 'string', description: 'METRIC up|down|unchanged, one a line.' },
};

/** What a case says: its postmortem, queries, notes. */
export function addReadingApi(api: FastifyInstance, { cases, reports, queries, notes }: Context): void {
  api.get<ForCase & { Querystring: SelectionQuery }>(
    '/cases/:slug/postmortem',
    {
      schema: {
        tags: ['reading'],
        summary: 'The postmortem document, as `lastack report --format json` writes it',
        params: SLUG,
        querystring: SELECTION,
        response: { 200: { type: 'object', additionalProperties: true }, '4xx': ERROR, '5xx': ERROR },
      },
    },
    async (request, reply) => {
      const folder = await reports.folderOf(cases.get(request.params.slug), postmortemOf(readSelection(request.query)));
      return reply
        .type('application/json; charset=utf-8')
        .send(await readFile(join(folder, 'postmortem.json'), 'utf8'));
    },
  );
  api.get<ForCase & { Querystring: SidesQuery }>(
    '/cases/:slug/comparison',
    {
      schema: {
        tags: ['reading'],
        summary: 'The comparison document, as `lastack compare --format json` writes it',
        params: SLUG,
        querystring: object(['before', 'after'], { before: RUNS, after: RUNS, ...SIDES }),
        response: { 200: { type: 'object', additionalProperties: true }, '4xx': ERROR, '5xx': ERROR },
      },
    },
    async (request, reply) => {
      const served = cases.get(request.params.slug);
      const folder = await reports.folderOf(served, comparisonOf(served, readSides(request.query)));
      return reply
        .type('application/json; charset=utf-8')
        .send(await readFile(join(folder, 'comparison.json'), 'utf8'));
    },
  );
  api.post<ForCase & { Body: { sql: string } }>(
    '/cases/:slug/query',
    {
      schema: {
        tags: ['reading'],
        summary: 'Run one statement that reads',
        params: SLUG,
        body: object(['sql'], { sql: { type: 'string', minLength: 1, maxLength: 100_000 } }),
        response: { 200: QUERY_ANSWER, '4xx': ERROR, '5xx': ERROR },
      },
    },
    async (request) => queries.ask(cases.get(request.params.slug), request.body.sql),
  );
  api.get<ForCase>(
    '/cases/:slug/notes',
    {
      schema: {
        tags: ['notes'],
        summary: 'List the notes',
        params: SLUG,
        response: { 200: listOf(NOTE), '4xx': ERROR },
      },
    },
    async (request) => cases.get(request.params.slug).summary?.notes ?? [],
  );
  api.post<ForCase & { Body: NoteInput }>(
    '/cases/:slug/notes',
    {
      schema: {
        tags: ['notes'],
        summary: 'Keep a note in the case',
        params: SLUG,
        body: object(['text'], {
          text: { type: 'string', minLength: 1, maxLength: 4000 },
          author: { type: 'string', maxLength: 100 },
          at: { type: ['string', 'null'], description: 'The time it is about.' },
          finding: { type: ['string', 'null'], description: 'Id of the finding it is about.' },
        }),
        response: { 201: NOTE, '4xx': ERROR, '5xx': ERROR },
      },
    },
    async (request, reply) => {
      const served = cases.get(request.params.slug);
      await notes.add(served, request.body, new Date());
      return reply.code(201).send(served.summary?.notes.at(-1));
    },
  );
  api.delete<{ Params: { slug: string; id: number } }>(
    '/cases/:slug/notes/:id',
    {
      schema: {
        tags: ['notes'],
        summary: 'Remove a note',
        params: {
          type: 'object',
          required: ['slug', 'id'],
          properties: { slug: { type: 'string' }, id: { type: 'integer' } },
        },
        response: { 204: { type: 'null' }, '4xx': ERROR, '5xx': ERROR },
      },
    },
    async (request, reply) => {
      await notes.remove(cases.get(request.params.slug), request.params.id);
      return reply.code(204).send();
    },
  );
}
