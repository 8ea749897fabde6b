import type { FastifyInstance } from 'fastify';
import { viewOf } from '../case-view.ts';
import type { Context } from '../context.ts';
import { queryPage } from '../pages/query-page.ts';
import { csvOf, jsonOf } from '../query-text.ts';
import { ServerError } from '../server-error.ts';
import { attachment, sendPage } from './answers.ts';

interface ForQuery {
  readonly Params: { readonly slug: string };
  readonly Querystring: { readonly sql?: string };
}

/** The query box: the statement is part of the address, so that a result can be found again. */
export function addQueryRoutes(app: FastifyInstance, { cases, queries, token }: Context): void {
  app.get<ForQuery>('/cases/:slug/query', async (request, reply) => {
    const served = cases.get(request.params.slug);
    const sql = request.query.sql ?? '';
    const answer = sql.trim() === '' ? null : await queries.ask(served, sql).catch(complaint);
    const page = queryPage(await viewOf(served), sql, answer, token !== null);
    return sendPage(reply, page, typeof answer === 'string' ? 400 : 200);
  });
  for (const [format, type, text] of [
    ['csv', 'text/csv; charset=utf-8; header=present', csvOf],
    ['json', 'application/json; charset=utf-8', jsonOf],
  ] as const) {
    app.get<ForQuery>(`/cases/:slug/query.${format}`, async (request, reply) => {
      const served = cases.get(request.params.slug);
      const answer = await queries.ask(served, request.query.sql ?? '');
      reply.header('content-disposition', attachment(`${served.slug}-query.${format}`));
      return reply.type(type).send(text(answer));
    });
  }
}

/** What is wrong with a statement is shown beside it. */
function complaint(error: unknown): string {
  if (error instanceof ServerError && error.statusCode === 400) return error.message;
  throw error;
}
