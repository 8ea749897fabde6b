import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { ServerError } from '../server-error.ts';
import { readRun } from '../uploads.ts';
import { CAPTURE, ERROR, listOf, object, SLUG } from './schemas.ts';

interface ForCase {
  readonly Params: { readonly slug: string; readonly id: string };
}

const PAGE = 1000;
const ID = {
  type: 'object',
  required: ['slug', 'id'],
  properties: { slug: { type: 'string' }, id: { type: 'string' } },
};

/** Captures: list, look at one, send one as the body. */
export function addCaptureApi(api: FastifyInstance, { cases, uploads }: Context): void {
  const tags = ['captures'];
  api.get<ForCase & { Querystring: { offset?: number } }>(
    '/cases/:slug/captures',
    {
      schema: {
        tags,
        summary: `List the captures, the latest first, ${PAGE} at a time`,
        params: SLUG,
        querystring: object([], { offset: { type: 'integer', minimum: 0 } }),
        response: { 200: listOf(CAPTURE), '4xx': ERROR },
      },
    },
    async (request) => {
      const offset = request.query.offset ?? 0;
      return cases
        .get(request.params.slug)
        .captures()
        .slice(offset, offset + PAGE);
    },
  );
  api.get<ForCase>(
    '/cases/:slug/captures/:id',
    { schema: { tags, summary: 'Look at a capture', params: ID, response: { 200: CAPTURE, '4xx': ERROR } } },
    async (request) => {
      const capture = cases.get(request.params.slug).capture(request.params.id);
      if (capture === undefined) throw new ServerError(404, 'the case has no such capture');
      return capture;
    },
  );
  void api.register(async (plain) => {
    plain.removeAllContentTypeParsers();
    plain.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    plain.post<ForCase & { Querystring: { name?: string; run?: string } }>(
      '/cases/:slug/captures',
      {
        schema: {
          tags,
          summary: 'Send a capture as the body; 201 once it is kept, 200 when the case has it already',
          params: SLUG,
          consumes: ['application/octet-stream'],
          querystring: object([], {
            name: { type: 'string', description: 'What the file is called.' },
            run: { type: 'string', description: 'Run it belongs to; absent: its own label.' },
          }),
          response: { 200: CAPTURE, 201: CAPTURE, '4xx': ERROR, '5xx': ERROR },
        },
      },
      async (request, reply) => {
        const length = request.headers['content-length'];
        const { capture, isNew } = await uploads.take(cases.get(request.params.slug), {
          stream: request.raw,
          name: request.query.name ?? '',
          run: readRun(request.query.run),
          bytes: length === undefined ? null : Number(length),
        });
        return reply.code(isNew ? 201 : 200).send(capture);
      },
    );
  });
}
