import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import type { CaseEvent } from '../data/events.ts';
import { ServerError } from '../server-error.ts';

const ALIVE_MS = 15_000;
const LISTENERS = 100;

/** What happens to a case as it happens (server-sent events): `capture`, `rows`, `case`, each with JSON. */
export function addEventRoutes(app: FastifyInstance, { cases }: Context): void {
  app.get<{ Params: { slug: string } }>('/cases/:slug/events', (request, reply) => {
    const served = cases.get(request.params.slug);
    if (served.events.listeners >= LISTENERS) throw new ServerError(503, 'too many pages follow this case; close some');
    const headers = Object.entries(reply.getHeaders()) as [string, string][];
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      ...Object.fromEntries(headers),
      'content-type': 'text/event-stream',
      'x-accel-buffering': 'no',
    });
    const send = ({ type, ...data }: CaseEvent): void => {
      if (raw.writableLength < 2 ** 20) raw.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
    };
    const leave = served.events.listen(send);
    const alive = setInterval(() => raw.write(': alive\n\n'), ALIVE_MS);
    raw.on('close', () => {
      leave();
      clearInterval(alive);
    });
    send({ type: 'case', waiting: served.waiting().length, problem: served.problem });
  });
}
