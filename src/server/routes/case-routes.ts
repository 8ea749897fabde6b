import type { FastifyInstance } from 'fastify';
import { viewOf } from '../case-view.ts';
import type { Context } from '../context.ts';
import { casePage } from '../pages/case-page.ts';
import { casesPage } from '../pages/cases-page.ts';
import { sendPage } from './answers.ts';

interface ForCase {
  readonly Params: { readonly slug: string };
}

/** The list of cases, a case, and what a form can do to one. */
export function addCaseRoutes(app: FastifyInstance, { cases, imports, findings, token }: Context): void {
  app.get('/', async (_request, reply) => {
    const [shown, deleted] = await Promise.all(
      [cases.list(), cases.deleted()].map((some) => Promise.all(some.map(viewOf))),
    );
    return sendPage(reply, casesPage(shown!, deleted!, token !== null));
  });
  app.post<{ Body: { name?: string } }>('/cases', async (request, reply) => {
    const served = await cases.create(request.body?.name ?? '');
    return reply.redirect(`/cases/${served.slug}`, 303);
  });
  app.get<ForCase>('/cases/:slug', async (request, reply) => {
    const served = cases.get(request.params.slug);
    await imports.refresh(served);
    return sendPage(reply, casePage(await viewOf(served), served.captures(), findings, token !== null));
  });
  app.post<ForCase & { Body: { name?: string } }>('/cases/:slug/rename', async (request, reply) => {
    const served = cases.get(request.params.slug);
    await cases.rename(served, request.body?.name ?? '');
    return reply.redirect(`/cases/${served.slug}`, 303);
  });
  app.post<ForCase>('/cases/:slug/delete', async (request, reply) => {
    await cases.delete(cases.get(request.params.slug));
    return reply.redirect('/', 303);
  });
  app.post<ForCase>('/cases/:slug/restore', async (request, reply) => {
    const served = await cases.restore(request.params.slug);
    imports.wake(served);
    return reply.redirect(`/cases/${served.slug}`, 303);
  });
}
