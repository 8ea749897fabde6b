import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import type { NoteInput } from '../notes.ts';

/** Notes of a case, by form. */
export function addNoteRoutes(app: FastifyInstance, { cases, notes }: Context): void {
  app.post<{ Params: { slug: string }; Body: NoteInput }>('/cases/:slug/notes', async (request, reply) => {
    const served = cases.get(request.params.slug);
    await notes.add(served, request.body ?? {}, new Date());
    return reply.redirect(`/cases/${served.slug}#notes`, 303);
  });
  app.post<{ Params: { slug: string; id: string } }>('/cases/:slug/notes/:id/delete', async (request, reply) => {
    const served = cases.get(request.params.slug);
    await notes.remove(served, Number(request.params.id));
    return reply.redirect(`/cases/${served.slug}#notes`, 303);
  });
}
