import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { loginPage } from '../pages/layout.ts';
import { setSession } from '../security/guard.ts';
import { sendPage } from './answers.ts';

const LOGINS_PER_MINUTE = 20;

/** The page that asks for the token, and what ends a session. */
export function addEntryRoutes(app: FastifyInstance, { settings, token }: Context): void {
  app.get<{ Querystring: { next?: string } }>('/login', { config: { isPublic: true } }, async (request, reply) =>
    sendPage(reply, loginPage(ownPath(request.query.next), false)),
  );
  app.post<{ Body: { token?: string; next?: string } }>(
    '/login',
    { config: { isPublic: true, rateLimit: { max: LOGINS_PER_MINUTE, timeWindow: '1 minute' } } },
    async (request, reply) => {
      const next = ownPath(request.body?.next);
      if (token !== null && !token.matches((request.body?.token ?? '').trim()))
        return sendPage(reply, loginPage(next, true), 401);
      if (token !== null) setSession(reply, token.session(Date.now()), settings);
      return reply.redirect(next, 303);
    },
  );
  app.post('/logout', async (_request, reply) => {
    setSession(reply, '', settings);
    return reply.redirect('/login', 303);
  });
}

/** A path of this server and no other. */
function ownPath(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])[\x21-\x7e]*$/.test(next) ? next : '/';
}
