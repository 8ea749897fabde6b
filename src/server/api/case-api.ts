import type { FastifyInstance } from 'fastify';
import { viewOf } from '../case-view.ts';
import type { Context } from '../context.ts';
import { CASE, ERROR, listOf, object, SLUG } from './schemas.ts';

interface ForCase {
  readonly Params: { readonly slug: string };
}

const NAMED = object(['name'], { name: { type: 'string', minLength: 1, maxLength: 100 } });

/** Cases: list, make, rename, delete, restore. */
export function addCaseApi(api: FastifyInstance, { cases, imports }: Context): void {
  const tags = ['cases'];
  api.get(
    '/cases',
    {
      schema: {
        tags,
        summary: 'List the cases',
        querystring: object([], {
          deleted: { type: 'boolean', description: 'Those that were deleted and can be restored.' },
        }),
        response: { 200: listOf(CASE), '4xx': ERROR },
      },
    },
    async (request) => {
      const { deleted } = request.query as { deleted?: boolean };
      return Promise.all((deleted === true ? cases.deleted() : cases.list()).map(viewOf));
    },
  );
  api.post<{ Body: { name: string } }>(
    '/cases',
    { schema: { tags, summary: 'Make a case', body: NAMED, response: { 201: CASE, '4xx': ERROR } } },
    async (request, reply) => reply.code(201).send(await viewOf(await cases.create(request.body.name))),
  );
  api.get<ForCase>(
    '/cases/:slug',
    { schema: { tags, summary: 'Look at a case', params: SLUG, response: { 200: CASE, '4xx': ERROR } } },
    async (request) => {
      const served = cases.get(request.params.slug);
      await imports.refresh(served);
      return viewOf(served);
    },
  );
  api.patch<ForCase & { Body: { name: string } }>(
    '/cases/:slug',
    { schema: { tags, summary: 'Rename a case', params: SLUG, body: NAMED, response: { 200: CASE, '4xx': ERROR } } },
    async (request) => {
      const served = cases.get(request.params.slug);
      await cases.rename(served, request.body.name);
      return viewOf(served);
    },
  );
  api.delete<ForCase>(
    '/cases/:slug',
    {
      schema: {
        tags,
        summary: 'Delete a case; it can be restored for a day',
        params: SLUG,
        response: { 200: CASE, '4xx': ERROR },
      },
    },
    async (request) => {
      const served = cases.get(request.params.slug);
      await cases.delete(served);
      return viewOf(served);
    },
  );
  api.post<ForCase>(
    '/cases/:slug/restore',
    { schema: { tags, summary: 'Undo a deletion', params: SLUG, response: { 200: CASE, '4xx': ERROR } } },
    async (request) => {
      const served = await cases.restore(request.params.slug);
      imports.wake(served);
      return viewOf(served);
    },
  );
}
